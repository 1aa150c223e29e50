package aiguillage.console.prices;

import aiguillage.console.web.Live;
import aiguillage.console.web.Look;
import aiguillage.console.web.Templates;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.DatasetName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// How far a dataset's version has come, as all see it who look at it in one language.
record RolloutScene(PricesPages pages, Templates templates, Look look, DatasetName dataset) implements Live.Scene {

    @Override
    public byte[] html() {
        SpreadView spread;
        try {
            spread = pages.spread(dataset);
        } catch (Refused gone) {
            spread = SpreadView.none(); // out of the flows file, say; the page says so when it is loaded again
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return templates.render("prices/rollout", Map.of("spread", spread), look);
    }
}
