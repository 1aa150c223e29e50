package aiguillage.app.dataset;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// How a replica is, as its gateway tells it.
///
/// @param told by the local door
public record Standing(JsonNode told) {

    /// Whether its rows are those that the hub signed, and nothing that is due is missing.
    public boolean isGood() {
        return List.of("proven", "exact").contains(health())
                && !told.path("stale").asBoolean();
    }

    private String health() {
        return told.path("health").asString();
    }

    /// For people, a fact each.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(told.path("dataset").asString() + ": " + verdict());
        if (told.path("version").isNumber()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  version  %d, holds from %s on, %,d keys",
                    told.path("version").asLong(),
                    told.path("effective").asString(),
                    told.path("rows").asLong()));
            lines.add("  root     " + told.path("root").asString());
        }
        lines.add("  hub      " + heard());
        for (JsonNode next : told.path("coming")) {
            lines.add("  coming   version " + next.path("version").asLong() + ", holds from "
                    + next.path("effective").asString() + " on");
        }
        if (told.path("stale").asBoolean()) {
            lines.add("  STALE    " + told.path("why").asString());
        }
        return lines;
    }

    private String verdict() {
        return switch (health()) {
            case "proven" -> "proven. The rows here have the root that the hub signed.";
            case "exact" -> "exact. It is what the hub signed, upon a version whose root was proven.";
            case "nothing" -> "no version holds here yet.";
            case "differs" -> "WRONG. The rows here are not those that the hub signed; they are being put right.";
            default -> "cannot be read. A version that is due is not readable yet.";
        };
    }

    private String heard() {
        JsonNode age = told.path("ageSeconds");
        return age.isNumber()
                ? "heard "
                        + Duration.ofSeconds(age.asLong())
                                .toString()
                                .substring(2)
                                .toLowerCase(Locale.ROOT) + " ago"
                : "not heard since the gateway started";
    }
}
