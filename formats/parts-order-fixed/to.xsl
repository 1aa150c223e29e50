<?xml version="1.0" encoding="UTF-8"?>
<!-- A parts order as STAR's ProcessPartsOrder (5.5.4). Count and sum of the trailer are checked here: no schema can. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="http://www.starstandard.org/STAR/5"
    xmlns:oa="http://www.openapplications.org/oagis/9" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    exclude-result-prefixes="xs">
  <xsl:output method="xml" encoding="UTF-8" indent="no"/>

  <xsl:template match="/parts-order">
    <xsl:apply-templates select="trailer"/>
    <ProcessPartsOrder releaseID="5.5.4">
      <ApplicationArea>
        <Sender>
          <LogicalID><xsl:value-of select="header/sender"/></LogicalID>
          <ReferenceID><xsl:value-of select="header/file-number"/></ReferenceID>
          <CreatorNameCode>flat file</CreatorNameCode>
          <SenderNameCode><xsl:value-of select="header/sender-name"/></SenderNameCode>
        </Sender>
        <CreationDateTime><xsl:value-of select="header/date || 'T' || header/time"/></CreationDateTime>
        <BODID><xsl:value-of select="header/sender || '-' || header/file-number"/></BODID>
        <Destination>
          <DestinationNameCode><xsl:value-of select="header/receiver"/></DestinationNameCode>
        </Destination>
      </ApplicationArea>
      <ProcessPartsOrderDataArea>
        <Process/>
        <PartsOrder>
          <PartsOrderHeader>
            <DocumentIdentificationGroup>
              <DocumentIdentification>
                <DocumentID><xsl:value-of select="order/number"/></DocumentID>
              </DocumentIdentification>
            </DocumentIdentificationGroup>
            <OrderTypeCode><xsl:value-of select="map { 'S': 'STK', 'U': 'EMG', 'V': 'VOR' }(order/type)"/></OrderTypeCode>
            <OrderComments><xsl:value-of select="order/comment"/></OrderComments>
            <ShipToParty>
              <PartyID><xsl:value-of select="order/delivery-place"/></PartyID>
            </ShipToParty>
            <RequestedShipDate><xsl:value-of select="order/wished-date"/></RequestedShipDate>
          </PartsOrderHeader>
          <xsl:apply-templates select="line"/>
        </PartsOrder>
      </ProcessPartsOrderDataArea>
    </ProcessPartsOrder>
  </xsl:template>

  <xsl:template match="line">
    <PartsOrderLine>
      <LineNumberString><xsl:value-of select="line-number"/></LineNumberString>
      <OrderQuantity unitCode="ea"><xsl:value-of select="quantity"/></OrderQuantity>
      <ItemID><xsl:value-of select="item"/></ItemID>
      <DealerNetPriceAmount currencyID="{currency}"><xsl:value-of select="net-price"/></DealerNetPriceAmount>
      <ItemIdDescription><xsl:value-of select="designation"/></ItemIdDescription>
    </PartsOrderLine>
  </xsl:template>

  <xsl:template match="trailer">
    <xsl:variable name="total" select="sum(../line ! (xs:decimal(quantity) * xs:decimal(net-price)))"/>
    <xsl:choose>
      <xsl:when test="xs:integer(lines) ne count(../line)">
        <xsl:call-template name="fault">
          <xsl:with-param name="column" select="3"/>
          <xsl:with-param name="field" select="lines"/>
          <xsl:with-param name="expected" select="count(../line) || ', the number of lines'"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:when test="xs:decimal(total) ne $total">
        <xsl:call-template name="fault">
          <xsl:with-param name="column" select="9"/>
          <xsl:with-param name="field" select="total"/>
          <xsl:with-param name="expected" select="$total || ', the sum of the lines'"/>
        </xsl:call-template>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="fault">
    <xsl:param name="column"/>
    <xsl:param name="field"/>
    <xsl:param name="expected"/>
    <xsl:message terminate="yes">
      <fault xmlns="" line="{@line}" column="{$column}" where="trailer/{name($field)}" found="{$field}" expected="{$expected}"/>
    </xsl:message>
  </xsl:template>
</xsl:stylesheet>
