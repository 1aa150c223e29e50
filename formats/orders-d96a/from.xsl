<?xml version="1.0" encoding="UTF-8"?>
<!-- STAR's ProcessPartsOrder as ORDERS; UNT and UNZ are counted when they are written. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xpath-default-namespace="http://www.starstandard.org/STAR/5">
  <xsl:template match="/ProcessPartsOrder">
    <xsl:variable name="area" select="ApplicationArea"/>
    <xsl:variable name="order" select="ProcessPartsOrderDataArea/PartsOrder"/>
    <xsl:variable name="header" select="$order/PartsOrderHeader"/>
    <orders>
      <UNB>
        <S001><d0001>UNOC</d0001><d0002>3</d0002></S001>
        <S002><d0004><xsl:value-of select="$area/Sender/LogicalID"/></d0004><d0007>ZZ</d0007></S002>
        <S003><d0010><xsl:value-of select="$area/Destination/DestinationNameCode"/></d0010><d0007b>ZZ</d0007b></S003>
        <S004>
          <d0017><xsl:value-of select="substring(translate($area/CreationDateTime, '-', ''), 3, 6)"/></d0017>
          <d0019><xsl:value-of select="substring(translate(substring-after($area/CreationDateTime, 'T'), ':', ''), 1, 4)"/></d0019>
        </S004>
        <d0020><xsl:value-of select="$area/Sender/ReferenceID"/></d0020>
        <xsl:for-each select="$area/Sender/TaskID"><d0026><xsl:value-of select="."/></d0026></xsl:for-each>
      </UNB>
      <message>
        <UNH>
          <d0062><xsl:value-of select="substring-after($area/BODID, $area/Sender/ReferenceID || '-')"/></d0062>
          <S009><d0065>ORDERS</d0065><d0052>D</d0052><d0054>96A</d0054><d0051>UN</d0051></S009>
        </UNH>
        <BGM>
          <C002><d1001>220</d1001></C002>
          <d1004><xsl:value-of select="$header/DocumentIdentificationGroup/DocumentIdentification/DocumentID"/></d1004>
          <d1225>9</d1225>
        </BGM>
        <xsl:apply-templates select="$header/DocumentDateTime, $header/RequestedShipDate"/>
        <xsl:for-each select="$header/OrderComments">
          <FTX><d4451>DIN</d4451><C108><d4440><xsl:value-of select="."/></d4440></C108></FTX>
        </xsl:for-each>
        <xsl:apply-templates select="$header/BillToParty, $header/SupplierParty, $header/ShipToParty"/>
        <xsl:for-each select="($order/PartsOrderLine/DealerNetPriceAmount/@currencyID)[1]">
          <currency><CUX><C504><d6347>2</d6347><d6345><xsl:value-of select="."/></d6345><d6343>9</d6343></C504></CUX></currency>
        </xsl:for-each>
        <xsl:apply-templates select="$order/PartsOrderLine"/>
        <UNS><d0081>S</d0081></UNS>
        <CNT><C270><d6069>2</d6069><d6066><xsl:value-of select="count($order/PartsOrderLine)"/></d6066></C270></CNT>
        <UNT><d0074>0</d0074><d0062>0</d0062></UNT>
      </message>
    </orders>
  </xsl:template>

  <xsl:template match="DocumentDateTime | RequestedShipDate">
    <DTM>
      <C507>
        <d2005><xsl:value-of select="if (self::DocumentDateTime) then '137' else '2'"/></d2005>
        <d2380><xsl:value-of select="substring(translate(., '-', ''), 1, 8)"/></d2380>
        <d2379>102</d2379>
      </C507>
    </DTM>
  </xsl:template>

  <xsl:template match="BillToParty | SupplierParty | ShipToParty">
    <party>
      <NAD>
        <d3035><xsl:value-of select="map { 'BillToParty': 'BY', 'SupplierParty': 'SU', 'ShipToParty': 'DP' }(local-name())"/></d3035>
        <C082>
          <d3039><xsl:value-of select="PartyID"/></d3039>
          <d3055><xsl:value-of select="PartyID/@schemeAgencyID"/></d3055>
        </C082>
      </NAD>
    </party>
  </xsl:template>

  <xsl:template match="PartsOrderLine">
    <line>
      <LIN>
        <d1082><xsl:value-of select="LineNumberString"/></d1082>
        <C212><d7140><xsl:value-of select="ItemID"/></d7140><d7143>SA</d7143></C212>
      </LIN>
      <xsl:for-each select="ItemIdDescription">
        <IMD><d7077>F</d7077><C273><d7008><xsl:value-of select="."/></d7008></C273></IMD>
      </xsl:for-each>
      <xsl:for-each select="OrderQuantity">
        <QTY><C186><d6063>21</d6063><d6060><xsl:value-of select="."/></d6060><d6411>PCE</d6411></C186></QTY>
      </xsl:for-each>
      <xsl:for-each select="DealerNetPriceAmount">
        <price><PRI><C509><d5125>AAA</d5125><d5118><xsl:value-of select="."/></d5118></C509></PRI></price>
      </xsl:for-each>
    </line>
  </xsl:template>
</xsl:stylesheet>
