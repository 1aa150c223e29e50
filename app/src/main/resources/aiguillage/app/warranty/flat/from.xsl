<?xml version="1.0" encoding="UTF-8"?>
<!-- STAR's ProcessWarrantyClaim as lines. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xpath-default-namespace="http://www.starstandard.org/STAR/5" expand-text="yes">
  <xsl:template match="/ProcessWarrantyClaim">
    <xsl:variable name="noun" select="ProcessWarrantyClaimDataArea/WarrantyClaimNoun"/>
    <xsl:variable name="header" select="$noun/WarrantyClaimHeader"/>
    <xsl:variable name="claim" select="$noun/WarrantyClaim"/>
    <xsl:variable name="vehicle" select="$header/RepairOrderVehicleLineItem/Vehicle"/>
    <xsl:variable name="sender" select="ApplicationArea/Sender"/>
    <xsl:variable name="firm" select="$header/DealerParty/SpecifiedOrganization"/>
    <xsl:variable name="texts" select="$claim/CodesAndComments"/>
    <claim>
      <head>
        <number>{$claim/ClaimNumberString}</number>
        <order>{$header/DocumentIdentificationGroup/DocumentIdentification/DocumentID}</order>
        <bod>{ApplicationArea/BODID}</bod>
        <created>{ApplicationArea/CreationDateTime}</created>
        <make>{$vehicle/MakeString}</make>
        <model>{$vehicle/Model}</model>
        <year>{$vehicle/ModelYear}</year>
        <vin>{$vehicle/VehicleID}</vin>
        <sold>{$header/RepairOrderVehicleLineItem/OriginalSoldDate}</sold>
        <expires>{$header/Warranty/WarrantyExpirationDate}</expires>
        <opened>{$header/RepairOrderOpenedDate}</opened>
        <completed>{$header/RepairOrderCompletedDate}</completed>
        <in>{$header/InDistanceMeasure}</in>
        <out>{$header/OutDistanceMeasure}</out>
        <rate>{$header/LaborRateAmount}</rate>
        <defect>{$claim/DefectCode}</defect>
        <item>{$claim/ItemID}</item>
        <labour>{$claim/Pricing/Price[PriceCode = 'Labor']/ChargeAmount}</labour>
        <parts>{$claim/Pricing/Price[PriceCode = 'Parts']/ChargeAmount}</parts>
        <total>{$claim/Pricing/Price[PriceCode = 'Claim']/ChargeAmount}</total>
      </head>
      <dealer>
        <number>{$sender/DealerNumberID}</number>
        <party>{$header/DealerParty/PartyID}</party>
        <host>{$sender/LogicalID}</host>
        <dms>{$sender/CreatorNameCode}</dms>
        <company>{$firm/CompanyName}</company>
        <street>{$firm/PostalAddress/LineOne}</street>
        <postcode>{$firm/PostalAddress/Postcode}</postcode>
        <city>{$firm/PostalAddress/CityName}</city>
        <country>{$sender/DealerCountryCode}</country>
        <language>{$texts/CauseDescription/@languageID}</language>
        <locale>{$sender/LanguageCode}</locale>
      </dealer>
      <found>
        <cause>{$texts/CauseDescription}</cause>
        <complaint>{$texts/ComplaintDescription}</complaint>
        <correction>{$texts/CorrectionDescription}</correction>
      </found>
      <xsl:apply-templates select="$claim/Job"/>
    </claim>
  </xsl:template>

  <xsl:template match="Job">
    <repair>
      <job>
        <number>{JobNumberString}</number>
        <operation>{OperationID}</operation>
        <correction>{OperationName}</correction>
        <cause>{CodesAndCommentsExpanded/CauseDescription}</cause>
        <defect>{Diagnostics/DiagnosticCodes}</defect>
        <allowed>{ServiceLabor/LaborAllowanceHoursNumeric}</allowed>
        <hours>{LaborActualHoursNumeric}</hours>
        <technician>{ServiceTechnicianParty/PartyID}</technician>
      </job>
      <xsl:apply-templates select="ServiceParts"/>
    </repair>
  </xsl:template>

  <xsl:template match="ServiceParts">
    <part>
      <item>{ItemID}</item>
      <description>{ItemIdDescription}</description>
      <quantity>{ItemQuantity}</quantity>
      <price>{Pricing/Price/ChargeAmount}</price>
    </part>
  </xsl:template>
</xsl:stylesheet>
