package aiguillage.conformance.ground;

import aiguillage.conformance.driver.Elements;
import aiguillage.protocol.FlowName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The kit's own routing table: invented brands and parties, and the flows that the situations need.
///
/// @param keys the parties' SSH keys, as they stand in a `.pub` file
/// @param missing parties and flows that are left out for now, by their names
public record Table(Map<String, String> keys, Set<String> missing) {

    /// What repair orders are checked against.
    public static final String SCHEMA_NAME = "repair-order.xsd";

    public static final String SCHEMA = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"
                       targetNamespace="http://www.starstandard.org/STAR/5" xmlns="http://www.starstandard.org/STAR/5">
              <xs:element name="ProcessRepairOrder">
                <xs:complexType>
                  <xs:sequence>
                    <xs:element name="ApplicationArea">
                      <xs:complexType>
                        <xs:sequence>
                          <xs:element name="CreationDateTime" type="xs:dateTime"/>
                          <xs:element name="BODID" type="xs:string"/>
                        </xs:sequence>
                      </xs:complexType>
                    </xs:element>
                    <xs:element name="Hours" type="xs:decimal"/>
                    <xs:element name="Text" type="xs:string"/>
                  </xs:sequence>
                </xs:complexType>
              </xs:element>
            </xs:schema>
            """;

    private static final String FLAT = "flat: " + FlatFormat.NAME;
    private static final Map<String, String> PARTIES = parties();
    private static final Map<String, String> FLOWS = flows();

    public Table {
        keys = Map.copyOf(keys);
        missing = Set.copyOf(missing);
    }

    private static Map<String, String> parties() {
        Map<String, String> parties = new LinkedHashMap<>();
        parties.put("dealer-a", "roles: [dealer], brands: [alpha], country: fr");
        parties.put("dealer-b", "roles: [dealer], brands: [alpha], country: de");
        parties.put("dealer-c", "roles: [dealer], brands: [beta], country: fr");
        parties.put("dealer-d", "roles: [guest], brands: [alpha], country: fr");
        parties.put("dealer-e", "roles: [dealer], brands: [alpha], country: fr");
        parties.put(
                "dealer-f",
                "roles: [dealer], brands: [alpha], country: fr, flat: { alpha/answer: " + FlatFormat.NAME
                        + ", alpha/brief: " + FlatFormat.NAME + " }");
        parties.put("centre-a", "roles: [centre], brands: [alpha]");
        parties.put("audit-a", "roles: [audit], brands: [alpha]");
        parties.put("centre-b", "roles: [centre], brands: [beta]");
        return parties;
    }

    private static Map<String, String> flows() {
        Map<String, String> flows = new LinkedHashMap<>();
        flows.put("alpha/claim", "from: [dealer, guest], to: centre-a, copies: [audit-a], payload-max: 100kB, " + FLAT);
        flows.put("alpha/checked", "from: dealer, to: centre-a, schema: " + SCHEMA_NAME + ", " + FLAT);
        flows.put("alpha/small", "from: dealer, to: centre-a, payload-max: 2kB, " + FLAT);
        flows.put("alpha/film", "from: dealer, to: centre-a, payload-max: 200MB, " + FLAT);
        flows.put("alpha/signed", "from: dealer, to: centre-a, signed: required");
        flows.put("alpha/answer", "from: centre, to: { recipient: dealer }");
        flows.put("alpha/brief", "from: centre, to: { recipient: dealer }, offered-for: 1s");
        flows.put("alpha/from-dealer", "from: dealer, to: { recipient: dealer }, " + FLAT);
        flows.put("beta/claim", "from: dealer, to: centre-b");
        return flows;
    }

    /// The names of the parties, in the order of the table.
    public static Set<String> names() {
        return PARTIES.keySet();
    }

    /// Everybody, and every flow.
    public static Table of(Map<String, String> keys) {
        return new Table(keys, Set.of());
    }

    /// The same without these parties or flows.
    public Table without(String... names) {
        Set<String> gone = new TreeSet<>(missing);
        gone.addAll(Set.of(names));
        return new Table(keys, gone);
    }

    /// The same where a party has no SSH key.
    public Table withoutKeyOf(String party) {
        Map<String, String> others = new LinkedHashMap<>(keys);
        others.remove(party);
        return new Table(others, missing);
    }

    /// The flows file.
    public String yaml() {
        var text = new StringBuilder("brands:\n  alpha: { text: Alpha }\n  beta: { text: Beta }\nparties:\n");
        PARTIES.forEach((name, facts) -> {
            if (!missing.contains(name)) {
                String key = keys.get(name);
                text.append("  ")
                        .append(name)
                        .append(": { ")
                        .append(key == null ? "" : "ssh-keys: [\"" + key + "\"], ")
                        .append(facts)
                        .append(", region: eu }\n");
            }
        });
        text.append("flows:\n");
        FLOWS.forEach((name, terms) -> {
            if (!missing.contains(name)) {
                text.append("  ")
                        .append(name)
                        .append(": { ")
                        .append(terms)
                        .append(", bod: ")
                        .append(Elements.of(FlowName.of(name)))
                        .append(" }\n");
            }
        });
        return text.toString();
    }
}
