package aiguillage.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A configuration with a key of every type.
@Removed(key = "port", instead = "Write `listen: 0.0.0.0:<port>`.")
record SampleHub(
        @Setting(text = "Where gateways connect.", example = "0.0.0.0:8443")
        Address listen,

        @Setting(text = "Where everything is kept.", fallback = "data")
        Path data,

        @Setting(text = "How much is said.", fallback = "quite-loud")
        Level level,

        @Setting(text = "What a client may ask.", fallback = "{}")
        Bounds limits,

        @Setting(text = "Another hub.", example = "https://hub.example.com") @Nullable
        URI peer,

        @Setting(text = "What a client shows.", example = "file:token.txt") @Nullable
        Secret token,

        @Setting(text = "The brands.", fallback = "{}", example = "opel")
        Map<Name, BrandSection> brands,

        @Setting(text = "What is told.", fallback = "[delivered, expired]", oneOrMany = true)
        List<String> notices,

        @Setting(text = "Whether documents are signed.", fallback = "false")
        boolean signed,

        @Setting(text = "Where documents go.", example = "{ role: centre }") @Nullable
        Target target) {

    enum Level {
        SILENT,
        QUITE_LOUD
    }

    record Bounds(
            @Setting(text = "How long it waits.", fallback = "15s", min = "100ms", max = "1d")
            Duration waiting,

            @Setting(text = "The largest payload.", fallback = "10MB", max = "2GB")
            Bytes payloadMax,

            @Setting(text = "Streams at once.", fallback = "64", min = "1", max = "64")
            int streams) {

        Bounds {
            if (waiting.toDays() > 0 && payloadMax.count() < 1_000_000) {
                throw new IllegalArgumentException(
                        "a wait of " + Durations.shown(waiting) + " for " + payloadMax + " makes no sense");
            }
        }
    }

    record Name(String value) {}

    record BrandSection(
            @Setting(text = "What people read.", example = "Opel")
            String text) {}

    sealed interface Target {

        static Target of(String party) {
            return new ToParty(party);
        }

        record ToParty(String party) implements Target {}

        record ToRole(
                @Setting(text = "Everybody with this role.", example = "centre")
                String role) implements Target {}
    }
}
