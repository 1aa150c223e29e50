<?xml version="1.0" encoding="UTF-8"?>
<!-- STAR's ProcessPartsOrder as a parts order of records; count and sum are made anew. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xpath-default-namespace="http://www.starstandard.org/STAR/5" exclude-result-prefixes="xs">
  <xsl:template match="/ProcessPartsOrder">
    <xsl:variable name="area" select="ApplicationArea"/>
    <xsl:variable name="order" select="ProcessPartsOrderDataArea/PartsOrder"/>
    <parts-order>
      <header>
        <sender><xsl:value-of select="$area/Sender/LogicalID"/></sender>
        <receiver><xsl:value-of select="$area/Destination/DestinationNameCode"/></receiver>
        <date><xsl:value-of select="substring-before($area/CreationDateTime, 'T')"/></date>
        <time><xsl:value-of select="substring(substring-after($area/CreationDateTime, 'T'), 1, 8)"/></time>
        <file-number><xsl:value-of select="$area/Sender/ReferenceID"/></file-number>
        <sender-name><xsl:value-of select="$area/Sender/SenderNameCode"/></sender-name>
      </header>
      <xsl:for-each select="$order/PartsOrderHeader">
        <order>
          <number><xsl:value-of select="DocumentIdentificationGroup/DocumentIdentification/DocumentID"/></number>
          <type><xsl:value-of select="map { 'STK': 'S', 'EMG': 'U', 'VOR': 'V' }(OrderTypeCode)"/></type>
          <wished-date><xsl:value-of select="RequestedShipDate"/></wished-date>
          <delivery-place><xsl:value-of select="ShipToParty/PartyID"/></delivery-place>
          <comment><xsl:value-of select="OrderComments"/></comment>
          <filler/>
        </order>
      </xsl:for-each>
      <xsl:for-each select="$order/PartsOrderLine">
        <line>
          <line-number><xsl:value-of select="LineNumberString"/></line-number>
          <item><xsl:value-of select="ItemID"/></item>
          <quantity><xsl:value-of select="OrderQuantity"/></quantity>
          <net-price><xsl:value-of select="DealerNetPriceAmount"/></net-price>
          <designation><xsl:value-of select="ItemIdDescription"/></designation>
          <currency><xsl:value-of select="DealerNetPriceAmount/@currencyID"/></currency>
          <filler/>
        </line>
      </xsl:for-each>
      <trailer>
        <lines><xsl:value-of select="count($order/PartsOrderLine)"/></lines>
        <total>
          <xsl:value-of
              select="sum($order/PartsOrderLine ! (xs:decimal(OrderQuantity) * xs:decimal(DealerNetPriceAmount)))"/>
        </total>
        <filler/>
      </trailer>
    </parts-order>
  </xsl:template>
</xsl:stylesheet>
