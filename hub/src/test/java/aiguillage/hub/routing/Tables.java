package aiguillage.hub.routing;

import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.util.TreeMap;

/// Tables and envelopes to test with.
final class Tables {

    /// Two brands, dealers in two countries, one centre per brand.
    static final String PARTIES = """
            brands:
              opel: { text: Opel }
              citroen: { text: Citroën }
            parties:
              dealer-7: { roles: [dealer], brands: [opel, citroen], country: fr, region: eu }
              dealer-8: { roles: [dealer], brands: [opel], country: de, region: eu }
              dealer-9: { roles: [dealer], brands: [citroen], country: be, region: eu }
              opel-centre: { roles: [warranty-centre], brands: [opel], country: de, region: eu }
              opel-centre-fr: { roles: [warranty-centre], brands: [opel], country: fr, region: eu }
              opel-audit: { roles: [auditor], brands: [opel], country: de, region: eu }
              opel-us: { roles: [importer], brands: [opel], region: us }
            flows:
            """;

    static final String CLAIM = """
              opel/warranty-claim:
                from: dealer
                to: opel-centre
                copies: [opel-audit]
                region: eu
            """;

    private Tables() {}

    /// The parties above with these flows.
    static Table with(String flows) {
        return Table.read("flows.yaml", PARTIES + flows);
    }

    /// A document with these attributes: name, value, name, value.
    static Envelope document(String sender, String flow, String... attributes) {
        var extensions = new TreeMap<String, String>();
        for (int i = 0; i < attributes.length; i += 2) {
            extensions.put(attributes[i], attributes[i + 1]);
        }
        return new Envelope(
                new DocumentId("claim-1"), new PartyId(sender), FlowName.of(flow), null, null, null, null, extensions);
    }
}
