package aiguillage.hub.routing;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.config.Reference;
import aiguillage.config.Sample;
import aiguillage.protocol.FlowName;
import org.junit.jupiter.api.Test;

final class FlowsPagesTest {

    @Test
    void theReferenceKnowsEveryKeyOfAFlow() {
        assertThat(Reference.markdown(TableFile.class))
                .contains("| `parties.<party id>.roles` | list of role | required |")
                .contains("| `flows.<flow name>.to` | party, { role } or { recipient } | none |")
                .contains("| `flows.<flow name>.routes[].when` |")
                .contains("| `flows.<flow name>.offered-for` | duration (ms, s, m, h, d), 1s to 400d | `14d` |");
    }

    @Test
    void theSampleIsATableOnceItsDealerHasACentre() {
        String sample = Sample.yaml(TableFile.class).replaceFirst("#to: opel-centre", "to: dealer-7");
        assertThat(Table.read("sample.yaml", sample).flow(FlowName.of("opel/warranty-claim")))
                .isPresent();
    }
}
