package aiguillage.hub.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.Inside;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.testing.RunningHub;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubSettingsTest {

    private static final Operator ADA = new Operator("ada", Rank.SEE, Set.of());
    private static final Operator BOB = new Operator("bob", Rank.SEE, Set.of());

    @TempDir
    private Path folder;

    @Test
    void whatAPersonKeepsIsCountedSoThatNobodyFillsTheJournal() throws Exception {
        try (var hub = new RunningHub(folder)) {
            Inside inside = hub.inside();
            HubSettings settings = inside.settings();
            for (int n = 0; n < HubSettings.OWN_PER_HOUR_MAX; n++) {
                settings.setOwn("views:ada", "v" + n, ADA);
            }
            assertThatThrownBy(() -> settings.setOwn("views:ada", "more", ADA))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("60");
            assertThat(settings.get("views:ada")).contains("v" + (HubSettings.OWN_PER_HOUR_MAX - 1));
            settings.setOwn("views:bob", "one", BOB);
            assertThat(settings.get("views:bob")).contains("one");
        }
    }
}
