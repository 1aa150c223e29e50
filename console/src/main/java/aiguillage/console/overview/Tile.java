package aiguillage.console.overview;

import aiguillage.console.web.Level;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One thing of which the overview says how it is.
///
/// @param name which; stable
/// @param figure the main one, as text
/// @param text what the figure is of
/// @param link the list behind it; null: there is none
/// @param checked when it was looked at; null: not yet
public record Tile(
        String name,
        Level level,
        String figure,
        String text,
        @Nullable String link,
        @Nullable Instant checked) {}
