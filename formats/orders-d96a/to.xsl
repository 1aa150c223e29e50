<?xml version="1.0" encoding="UTF-8"?>
<!-- ORDERS as STAR's ProcessPartsOrder (5.5.4). What the mapping has no place for is refused, so that nothing is lost
     unseen: add it to $takes, to the template, and to from.xsl. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="http://www.starstandard.org/STAR/5"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" exclude-result-prefixes="xs">
  <xsl:output method="xml" encoding="UTF-8" indent="no"/>

  <!-- Each data element that is mapped, and what it may be; nothing: anything. -->
  <xsl:variable name="takes" select="map {
      'UNB/S001/d0001': 'UNOC', 'UNB/S001/d0002': '3', 'UNB/S002/d0004': '', 'UNB/S002/d0007': 'ZZ',
      'UNB/S003/d0010': '', 'UNB/S003/d0007b': 'ZZ', 'UNB/S004/d0017': '[0-9]{6}', 'UNB/S004/d0019': '[0-9]{4}',
      'UNB/d0020': '', 'UNB/d0026': '',
      'UNH/d0062': '', 'UNH/S009/d0065': 'ORDERS', 'UNH/S009/d0052': 'D', 'UNH/S009/d0054': '96A', 'UNH/S009/d0051': 'UN',
      'BGM/C002/d1001': '220', 'BGM/d1004': '', 'BGM/d1225': '9',
      'DTM/C507/d2005': '137|2', 'DTM/C507/d2380': '[0-9]{8}', 'DTM/C507/d2379': '102',
      'FTX/d4451': 'DIN', 'FTX/C108/d4440': '',
      'NAD/d3035': 'BY|SU|DP', 'NAD/C082/d3039': '', 'NAD/C082/d3055': '',
      'CUX/C504/d6347': '2', 'CUX/C504/d6345': '[A-Z]{3}', 'CUX/C504/d6343': '9',
      'LIN/d1082': '', 'LIN/C212/d7140': '', 'LIN/C212/d7143': 'SA',
      'IMD/d7077': 'F', 'IMD/C273/d7008': '',
      'QTY/C186/d6063': '21', 'QTY/C186/d6060': '[0-9]+(\.[0-9]+)?', 'QTY/C186/d6411': 'PCE',
      'PRI/C509/d5125': 'AAA', 'PRI/C509/d5118': '[0-9]+(\.[0-9]+)?',
      'UNS/d0081': 'S', 'CNT/C270/d6069': '2', 'CNT/C270/d6066': '[0-9]+', 'UNT/d0074': '', 'UNT/d0062': '' }"/>

  <xsl:template match="/orders">
    <xsl:apply-templates select=".//*[not(*)]" mode="check"/>
    <xsl:variable name="message" select="message"/>
    <xsl:for-each-group select="$message/(FTX, currency, party, DTM, CNT)"
        group-by="string-join((name(), NAD/d3035, C507/d2005), ' ')">
      <xsl:apply-templates select="current-group()[2]/descendant-or-self::*[@line][1]" mode="second"/>
    </xsl:for-each-group>
    <xsl:for-each select="$message/line">
      <xsl:apply-templates select="(IMD[2], QTY[2], price[2]/PRI)[1]" mode="second"/>
    </xsl:for-each>
    <xsl:if test="$message/CNT[xs:integer(C270/d6066) ne count($message/line)]">
      <xsl:call-template name="fault">
        <xsl:with-param name="segment" select="$message/CNT"/>
        <xsl:with-param name="where" select="'CNT/6066'"/>
        <xsl:with-param name="found" select="$message/CNT/C270/d6066"/>
        <xsl:with-param name="expected" select="count($message/line) || ', the number of lines'"/>
      </xsl:call-template>
    </xsl:if>
    <ProcessPartsOrder releaseID="5.5.4">
      <ApplicationArea>
        <Sender>
          <LogicalID><xsl:value-of select="UNB/S002/d0004"/></LogicalID>
          <xsl:for-each select="UNB/d0026"><TaskID><xsl:value-of select="."/></TaskID></xsl:for-each>
          <ReferenceID><xsl:value-of select="UNB/d0020"/></ReferenceID>
          <CreatorNameCode>EDIFACT</CreatorNameCode>
          <SenderNameCode><xsl:value-of select="UNB/S002/d0004"/></SenderNameCode>
        </Sender>
        <CreationDateTime>
          <xsl:value-of select="replace(UNB/S004/d0017 || UNB/S004/d0019, '(..)(..)(..)(..)(..)', '20$1-$2-$3T$4:$5:00')"/>
        </CreationDateTime>
        <BODID><xsl:value-of select="UNB/d0020 || '-' || $message/UNH/d0062"/></BODID>
        <Destination>
          <DestinationNameCode><xsl:value-of select="UNB/S003/d0010"/></DestinationNameCode>
        </Destination>
      </ApplicationArea>
      <ProcessPartsOrderDataArea>
        <Process/>
        <xsl:apply-templates select="$message"/>
      </ProcessPartsOrderDataArea>
    </ProcessPartsOrder>
  </xsl:template>

  <xsl:template match="message">
    <PartsOrder>
      <PartsOrderHeader>
        <xsl:for-each select="DTM/C507[d2005 = '137']">
          <DocumentDateTime><xsl:value-of select="replace(d2380, '(....)(..)(..)', '$1-$2-$3T00:00:00')"/></DocumentDateTime>
        </xsl:for-each>
        <DocumentIdentificationGroup>
          <DocumentIdentification>
            <DocumentID><xsl:value-of select="BGM/d1004"/></DocumentID>
          </DocumentIdentification>
        </DocumentIdentificationGroup>
        <OrderTypeCode>STK</OrderTypeCode>
        <xsl:for-each select="FTX"><OrderComments><xsl:value-of select="C108/d4440"/></OrderComments></xsl:for-each>
        <xsl:for-each select="party/NAD[d3035 = 'BY']"><BillToParty><xsl:apply-templates select="."/></BillToParty></xsl:for-each>
        <xsl:for-each select="party/NAD[d3035 = 'DP']"><ShipToParty><xsl:apply-templates select="."/></ShipToParty></xsl:for-each>
        <xsl:for-each select="party/NAD[d3035 = 'SU']"><SupplierParty><xsl:apply-templates select="."/></SupplierParty></xsl:for-each>
        <xsl:for-each select="DTM/C507[d2005 = '2']">
          <RequestedShipDate><xsl:value-of select="replace(d2380, '(....)(..)(..)', '$1-$2-$3')"/></RequestedShipDate>
        </xsl:for-each>
      </PartsOrderHeader>
      <xsl:apply-templates select="line"/>
    </PartsOrder>
  </xsl:template>

  <xsl:template match="NAD">
    <PartyID schemeAgencyID="{C082/d3055}"><xsl:value-of select="C082/d3039"/></PartyID>
  </xsl:template>

  <xsl:template match="line">
    <PartsOrderLine>
      <LineNumberString><xsl:value-of select="LIN/d1082"/></LineNumberString>
      <xsl:for-each select="QTY/C186"><OrderQuantity unitCode="ea"><xsl:value-of select="d6060"/></OrderQuantity></xsl:for-each>
      <ItemID><xsl:value-of select="LIN/C212/d7140"/></ItemID>
      <xsl:for-each select="price/PRI/C509">
        <DealerNetPriceAmount currencyID="{(ancestor::message/currency/CUX/C504/d6345, 'EUR')[1]}">
          <xsl:value-of select="d5118"/>
        </DealerNetPriceAmount>
      </xsl:for-each>
      <xsl:for-each select="IMD/C273"><ItemIdDescription><xsl:value-of select="d7008"/></ItemIdDescription></xsl:for-each>
    </PartsOrderLine>
  </xsl:template>

  <xsl:template match="*" mode="check">
    <xsl:variable name="segment" select="ancestor-or-self::*[matches(name(), '^[A-Z]{3}$')][1]"/>
    <xsl:variable name="path" select="string-join(ancestor-or-self::*[not(. &lt;&lt; $segment)] ! name(), '/')"/>
    <xsl:variable name="wanted" select="$takes($path)"/>
    <xsl:if test="empty($wanted) or ($wanted ne '' and not(matches(., '^(' || $wanted || ')$')))">
      <xsl:call-template name="fault">
        <xsl:with-param name="segment" select="$segment"/>
        <xsl:with-param name="where" select="$path"/>
        <xsl:with-param name="found" select="."/>
        <xsl:with-param name="expected" select="if (empty($wanted)) then 'nothing: the mapping to STAR has no place for it' else $wanted"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template match="*" mode="second">
    <xsl:call-template name="fault">
      <xsl:with-param name="segment" select="."/>
      <xsl:with-param name="where" select="name()"/>
      <xsl:with-param name="found" select="string-join(.//*[not(*)], ' ')"/>
      <xsl:with-param name="expected" select="'one alone: the mapping to STAR has no place for a second'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="fault">
    <xsl:param name="segment"/>
    <xsl:param name="where"/>
    <xsl:param name="found"/>
    <xsl:param name="expected"/>
    <xsl:message terminate="yes">
      <fault xmlns="" line="{$segment/@line}" column="1" where="{$where}" found="{$found}" expected="{$expected}"/>
    </xsl:message>
  </xsl:template>
</xsl:stylesheet>
