<?xml version="1.0" encoding="UTF-8"?>
<!-- The lines of a warranty claim as STAR's ProcessWarrantyClaim (5.5.4). -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="http://www.starstandard.org/STAR/5" xmlns:oa="http://www.openapplications.org/oagis/9"
    expand-text="yes">
  <xsl:output method="xml" encoding="UTF-8" indent="no"/>

  <xsl:template match="/claim">
    <ProcessWarrantyClaim releaseID="5.5.4" versionID="5.5.4" systemEnvironmentCode="Test" languageCode="{dealer/locale}">
      <ApplicationArea>
        <Sender>
          <LogicalID>{dealer/host}</LogicalID>
          <ComponentID>dms</ComponentID>
          <TaskID>ProcessWarrantyClaim</TaskID>
          <ReferenceID>{head/number}</ReferenceID>
          <ConfirmationCode>Always</ConfirmationCode>
          <CreatorNameCode>{dealer/dms}</CreatorNameCode>
          <SenderNameCode>{dealer/number}</SenderNameCode>
          <DealerNumberID>{dealer/number}</DealerNumberID>
          <DealerCountryCode>{dealer/country}</DealerCountryCode>
          <LanguageCode>{dealer/locale}</LanguageCode>
        </Sender>
        <CreationDateTime>{head/created}</CreationDateTime>
        <BODID>{head/bod}</BODID>
        <Destination>
          <DestinationNameCode>{head/make}</DestinationNameCode>
          <DealerNumberID>{dealer/number}</DealerNumberID>
          <DealerTargetCountry>{dealer/country}</DealerTargetCountry>
        </Destination>
      </ApplicationArea>
      <ProcessWarrantyClaimDataArea>
        <Process acknowledgeCode="Always">
          <oa:ActionCriteria>
            <oa:ActionExpression actionCode="Add">/ProcessWarrantyClaim</oa:ActionExpression>
          </oa:ActionCriteria>
        </Process>
        <WarrantyClaimNoun>
          <WarrantyClaimHeader>
            <DocumentDateTime>{head/created}</DocumentDateTime>
            <DocumentIdentificationGroup>
              <DocumentIdentification>
                <DocumentID>{head/order}</DocumentID>
              </DocumentIdentification>
            </DocumentIdentificationGroup>
            <DealerParty>
              <PartyID>{dealer/party}</PartyID>
              <SpecifiedOrganization>
                <CompanyName>{dealer/company}</CompanyName>
                <PostalAddress>
                  <LineOne>{dealer/street}</LineOne>
                  <CityName>{dealer/city}</CityName>
                  <CountryID>{dealer/country}</CountryID>
                  <Postcode>{dealer/postcode}</Postcode>
                </PostalAddress>
              </SpecifiedOrganization>
            </DealerParty>
            <RepairOrderVehicleLineItem>
              <Vehicle>
                <Model>{head/model}</Model>
                <ModelYear>{head/year}</ModelYear>
                <MakeString>{head/make}</MakeString>
                <VehicleID>{head/vin}</VehicleID>
              </Vehicle>
              <OriginalSoldDate>{head/sold}</OriginalSoldDate>
            </RepairOrderVehicleLineItem>
            <Warranty>
              <WarrantyStartDate>{head/sold}</WarrantyStartDate>
              <WarrantyExpirationDate>{head/expires}</WarrantyExpirationDate>
            </Warranty>
            <RepairOrderOpenedDate>{head/opened}</RepairOrderOpenedDate>
            <RepairOrderCompletedDate>{head/completed}</RepairOrderCompletedDate>
            <InDistanceMeasure unitCode="kilometer">{head/in}</InDistanceMeasure>
            <OutDistanceMeasure unitCode="kilometer">{head/out}</OutDistanceMeasure>
            <LaborRateAmount currencyID="EUR">{head/rate}</LaborRateAmount>
          </WarrantyClaimHeader>
          <WarrantyClaim>
            <ClaimNumberString>{head/number}</ClaimNumberString>
            <ClaimTypeString>WARRANTY</ClaimTypeString>
            <DefectCode>{head/defect}</DefectCode>
            <ItemID>{head/item}</ItemID>
            <CodesAndComments>
              <CauseDescription languageID="{dealer/language}">{found/cause}</CauseDescription>
              <ComplaintDescription languageID="{dealer/language}">{found/complaint}</ComplaintDescription>
              <CorrectionDescription languageID="{dealer/language}">{found/correction}</CorrectionDescription>
            </CodesAndComments>
            <WarrantyProgramCode>BASE36</WarrantyProgramCode>
            <Pricing>
              <Price>
                <PriceCode>Labor</PriceCode>
                <ChargeAmount currencyID="EUR">{head/labour}</ChargeAmount>
              </Price>
              <Price>
                <PriceCode>Parts</PriceCode>
                <ChargeAmount currencyID="EUR">{head/parts}</ChargeAmount>
              </Price>
              <Price>
                <PriceCode>Claim</PriceCode>
                <ChargeAmount currencyID="EUR">{head/total}</ChargeAmount>
              </Price>
            </Pricing>
            <ClaimSubmissionCountNumeric>1</ClaimSubmissionCountNumeric>
            <xsl:apply-templates select="repair"/>
          </WarrantyClaim>
        </WarrantyClaimNoun>
      </ProcessWarrantyClaimDataArea>
    </ProcessWarrantyClaim>
  </xsl:template>

  <xsl:template match="repair">
    <Job>
      <JobNumberString>{job/number}</JobNumberString>
      <OperationID>{job/operation}</OperationID>
      <OperationName>{job/correction}</OperationName>
      <CodesAndCommentsExpanded>
        <CauseDescription languageID="{../dealer/language}">{job/cause}</CauseDescription>
        <CausalPartIndicator>true</CausalPartIndicator>
      </CodesAndCommentsExpanded>
      <Diagnostics>
        <DiagnosticCodes>{job/defect}</DiagnosticCodes>
      </Diagnostics>
      <xsl:apply-templates select="part"/>
      <ServiceLabor>
        <LaborOperationID>{job/operation}</LaborOperationID>
        <LaborAllowanceHoursNumeric>{job/allowed}</LaborAllowanceHoursNumeric>
        <LaborActualHoursNumeric>{job/hours}</LaborActualHoursNumeric>
      </ServiceLabor>
      <LaborActualHoursNumeric>{job/hours}</LaborActualHoursNumeric>
      <ServiceTechnicianParty>
        <PartyID>{job/technician}</PartyID>
      </ServiceTechnicianParty>
    </Job>
  </xsl:template>

  <xsl:template match="part">
    <ServiceParts>
      <ItemID>{item}</ItemID>
      <ItemIdDescription languageID="{../../dealer/language}">{description}</ItemIdDescription>
      <ItemQuantity unitCode="ea">{quantity}</ItemQuantity>
      <Pricing>
        <Price>
          <PriceCode>Unit Price</PriceCode>
          <ChargeAmount currencyID="EUR">{price}</ChargeAmount>
        </Price>
      </Pricing>
    </ServiceParts>
  </xsl:template>
</xsl:stylesheet>
