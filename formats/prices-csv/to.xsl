<?xml version="1.0" encoding="UTF-8"?>
<!-- A price as JSON, by price.schema.json. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xsl:output method="json"/>
  <xsl:template match="/prices">
    <xsl:variable name="price" select="price"/>
    <xsl:map>
      <xsl:for-each select="'reference', 'designation', 'unit', 'family', 'effective', 'replaces'">
        <xsl:variable name="name" select="."/>
        <xsl:if test="$price/*[name() = $name] ne ''">
          <xsl:map-entry key="$name" select="string($price/*[name() = $name])"/>
        </xsl:if>
      </xsl:for-each>
      <xsl:for-each select="'pack', 'list-price', 'discount', 'net-price'">
        <xsl:variable name="name" select="."/>
        <xsl:map-entry key="$name" select="xs:decimal($price/*[name() = $name])"/>
      </xsl:for-each>
    </xsl:map>
  </xsl:template>
</xsl:stylesheet>
