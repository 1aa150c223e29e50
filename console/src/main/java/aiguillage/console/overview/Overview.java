package aiguillage.console.overview;

import java.time.Instant;
import java.util.List;

/// How the hub is, at one moment, for who sees so much of it.
///
/// @param at that moment
public record Overview(Instant at, List<Tile> tiles, Chart chart) {

    public Overview {
        tiles = List.copyOf(tiles);
    }
}
