package aiguillage.fuzz;

import static aiguillage.fuzz.Inputs.require;

import aiguillage.hub.schema.PayloadCheck;
import aiguillage.hub.schema.Schemas;
import aiguillage.hub.schema.Verdict;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Payloads of flows that have a schema or search keys.
record PayloadTarget(List<PayloadCheck> checks, String mediaType, String seed) implements Target {

    private static final String XSD = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:o" elementFormDefault="qualified">
              <xs:element name="order"><xs:complexType><xs:sequence>
                <xs:element name="number" type="xs:int"/>
                <xs:element name="line" minOccurs="0" maxOccurs="9"><xs:complexType>
                  <xs:attribute name="id" type="xs:ID"/></xs:complexType></xs:element>
              </xs:sequence></xs:complexType></xs:element>
            </xs:schema>
            """;

    private static final String JSON_SCHEMA = """
            {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","required":["number"],
             "properties":{"number":{"type":"integer","minimum":1},
               "lines":{"type":"array","maxItems":9,"items":{"type":"object","properties":{
                 "item":{"type":"string","pattern":"^[a-z]+$"}}}}}}
            """;

    static PayloadTarget of(String format) throws Exception {
        Path folder = Files.createTempDirectory("fuzz");
        Files.writeString(folder.resolve("o.xsd"), XSD);
        Files.writeString(folder.resolve("o.json"), JSON_SCHEMA);
        var schemas = new Schemas(folder);
        Map<String, String> keys = format.equals("xml")
                ? Map.of("number", "/order/number", "line", "//line/@id")
                : Map.of("number", "/number", "item", "/lines/0/item");
        String name = format.equals("xml") ? "o.xsd" : "o.json";
        return new PayloadTarget(
                List.of(
                        new PayloadCheck(Optional.of(schemas.named(name)), keys),
                        new PayloadCheck(Optional.empty(), keys)),
                "application/" + format,
                format.equals("xml")
                        ? "<order xmlns='urn:o'><number>7</number><line id='a'/></order>"
                        : "{\"number\":7,\"lines\":[{\"item\":\"pump\"}]}");
    }

    @Override
    public List<byte[]> seeds() {
        return Inputs.of(seed);
    }

    @Override
    public void run(byte[] input) throws Exception {
        for (PayloadCheck check : checks) {
            switch (check.check(Optional.of(mediaType), new ByteArrayInputStream(input))) {
                case Verdict.Valid(var keys) ->
                    require(
                            keys.values().stream()
                                    .allMatch(values -> values.size() <= PayloadCheck.VALUES_MAX
                                            && values.stream()
                                                    .allMatch(value -> value.length() <= PayloadCheck.VALUE_CHARS_MAX)),
                            "keys are bounded",
                            keys);
                case Verdict.Invalid invalid ->
                    require(!invalid.faults().isEmpty() && invalid.toString().length() < 100_000, "faults are bounded");
            }
        }
    }
}
