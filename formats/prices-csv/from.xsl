<?xml version="1.0" encoding="UTF-8"?>
<!-- A price in JSON as a line. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xpath-default-namespace="http://www.w3.org/2005/xpath-functions">
  <xsl:template match="/map">
    <xsl:variable name="price" select="."/>
    <prices>
      <price>
        <xsl:for-each
            select="'reference', 'designation', 'unit', 'pack', 'list-price', 'discount', 'net-price', 'family', 'effective', 'replaces'">
          <xsl:variable name="name" select="."/>
          <xsl:element name="{$name}"><xsl:value-of select="$price/*[@key = $name]"/></xsl:element>
        </xsl:for-each>
      </price>
    </prices>
  </xsl:template>
</xsl:stylesheet>
