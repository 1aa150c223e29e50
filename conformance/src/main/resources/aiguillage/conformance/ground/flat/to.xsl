<?xml version="1.0" encoding="UTF-8"?>
<!-- The lines as a document of the kit's, byte for byte as the other doors carry it. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="http://www.starstandard.org/STAR/5">
  <xsl:output method="xml" encoding="UTF-8" indent="no" omit-xml-declaration="yes"/>

  <xsl:template match="/document">
    <xsl:element name="{kind/name}">
      <ApplicationArea>
        <CreationDateTime><xsl:value-of select="area/created"/></CreationDateTime>
        <BODID><xsl:value-of select="area/id"/></BODID>
        <xsl:if test="area/recipient ne ''">
          <Destination>
            <PartyReceiverID><xsl:value-of select="area/recipient"/></PartyReceiverID>
          </Destination>
        </xsl:if>
      </ApplicationArea>
      <Hours><xsl:value-of select="work/hours"/></Hours>
      <Text><xsl:value-of select="string-join(text/line)"/></Text>
    </xsl:element>
  </xsl:template>
</xsl:stylesheet>
