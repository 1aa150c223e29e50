package aiguillage.console.document;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A document's page.
///
/// @param subject empty where it has none
/// @param contentType likewise
/// @param attributes of its envelope, by name
/// @param keys its search keys, by name
/// @param gone when its content was removed; empty while it is kept
/// @param legs some of them, from `firstLeg` on
/// @param events some of them, from `firstEvent` on; the document's own acceptance is the first of all
/// @param isWhole false when more happened than was looked at
/// @param isVerified whether the proofs were verified for this page
public record DocumentView(
        Line line,
        String subject,
        String contentType,
        String digest,
        Map<String, String> attributes,
        Map<String, List<String>> keys,
        Instant offeredUntil,
        Instant keptUntil,
        java.util.Optional<Instant> gone,
        Checked signature,
        Picture picture,
        List<Leg> legs,
        int firstLeg,
        int allLegs,
        List<Event> events,
        int firstEvent,
        int allEvents,
        boolean isWhole,
        boolean isVerified) {

    /// Of each list on one page.
    static final int SHOWN_MAX = 50;

    public boolean isGood() {
        return events.stream().allMatch(event -> event.proof().equals("good"));
    }

    public boolean hasMoreLegs() {
        return firstLeg + legs.size() < allLegs;
    }

    public boolean hasMoreEvents() {
        return firstEvent + events.size() < allEvents;
    }

    /// This page from another leg and event on.
    public String from(int leg, int event) {
        return line.path() + "?leg=" + leg + "&event=" + event;
    }

    public String nextLegs() {
        return from(firstLeg + SHOWN_MAX, firstEvent);
    }

    public String nextEvents() {
        return from(firstLeg, firstEvent + SHOWN_MAX);
    }
}
