package aiguillage.fuzz;

import static aiguillage.fuzz.Inputs.require;

import aiguillage.config.ConfigException;
import aiguillage.hub.routing.Table;
import java.util.List;

/// The flows file: from operators, and out of the journal.
final class FlowsTarget implements Target {

    @Override
    public List<byte[]> seeds() {
        return Inputs.of("""
                brands: { opel: { text: Opel } }
                parties:
                  dealer-7: { roles: [dealer], brands: [opel], country: fr, region: eu }
                  opel-centre: { roles: [centre], brands: [opel], region: eu }
                flows:
                  opel/claim:
                    from: dealer
                    routes:
                      - { when: { country: [fr, be], modelyear: 2020..2026 }, to: opel-centre }
                      - { otherwise: true, refuse: "On paper." }
                    payload-max: 1MB
                    keys: { number: /a/b }
                  opel/decision: { from: centre, to: { recipient: dealer }, signed: required, offered-for: 7d }
                """);
    }

    @Override
    public void run(byte[] input) {
        String text = Inputs.text(input);
        try {
            require(Table.read("flows.yaml", text).text().equals(text), "keeps its text");
        } catch (ConfigException refused) {
            require(!refused.problems().isEmpty(), "says what is wrong", text);
        }
    }
}
