package aiguillage.console.overview;

import aiguillage.console.web.Live;
import aiguillage.console.web.Look;
import aiguillage.console.web.Templates;
import java.util.Map;

/// The overview's tiles, as all see them who see these brands, in one language and time zone.
///
/// @param look of nobody
record Tiles(Overviews overviews, Templates templates, Look look, Scope scope) implements Live.Scene {

    @Override
    public byte[] html() {
        return templates.render("overview/tiles", Map.of("view", overviews.now(look, scope)), look);
    }
}
