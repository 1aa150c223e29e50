package aiguillage.console.document;

import aiguillage.hub.document.Story;
import aiguillage.hub.entry.Entry;
import java.util.List;
import java.util.Locale;

/// How a document stands, over all of its readers: the first of these that is so of one of them.
public enum Standing {
    /// A reader rejected it, and nobody has decided.
    QUARANTINED("bad"),
    /// It waits in a mailbox.
    WAITING("warn"),
    /// It went back to its sender for good.
    RETURNED("bad"),
    /// Nobody took it in time.
    EXPIRED("bad"),
    /// Every reader has it.
    DELIVERED("good"),
    /// It has too many readers, or too much happened, to be told in a list.
    MANY("");

    private final String look;

    Standing(String look) {
        this.look = look;
    }

    /// The class of what shows it.
    public String look() {
        return look;
    }

    /// The end of its words' key, and its name in addresses.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Standing of(Story story) {
        return story.isWhole() ? of(story.legs()) : MANY;
    }

    /// @param legs at least one
    private static Standing of(List<Story.Leg> legs) {
        return legs.stream().map(Standing::of).min(Standing::compareTo).orElse(DELIVERED);
    }

    static Standing of(Story.Leg leg) {
        if (leg.isPending() || leg.last() == null) {
            return WAITING;
        }
        return switch (leg.last().entry()) {
            case Entry.DeliveryRejected _ -> QUARANTINED;
            case Entry.DeliveryReturned _ -> RETURNED;
            case Entry.DeliveryExpired _ -> EXPIRED;
            case Entry.DeliveryAcknowledged _ -> DELIVERED;
            default -> throw new AssertionError("no delivery comes to " + leg.last());
        };
    }
}
