<?xml version="1.0" encoding="UTF-8"?>
<!-- A document of the kit's as lines. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xpath-default-namespace="http://www.starstandard.org/STAR/5" exclude-result-prefixes="xs">
  <xsl:template match="/*">
    <xsl:variable name="area" select="ApplicationArea"/>
    <xsl:variable name="text" select="string(Text)"/>
    <document>
      <kind><name><xsl:value-of select="local-name()"/></name></kind>
      <area>
        <created><xsl:value-of select="$area/CreationDateTime"/></created>
        <id><xsl:value-of select="$area/BODID"/></id>
        <recipient><xsl:value-of select="$area/Destination/PartyReceiverID"/></recipient>
      </area>
      <work><hours><xsl:value-of select="Hours"/></hours></work>
      <xsl:for-each select="1 to xs:integer(ceiling(string-length($text) div 1000))">
        <text><line><xsl:value-of select="substring($text, (. - 1) * 1000 + 1, 1000)"/></line></text>
      </xsl:for-each>
    </document>
  </xsl:template>
</xsl:stylesheet>
