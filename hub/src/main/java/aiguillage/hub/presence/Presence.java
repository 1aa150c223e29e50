package aiguillage.hub.presence;

import aiguillage.protocol.PartyId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which party was last heard when. Safe from any thread. Hearing a party costs a look-up and, at most once a
/// second, a write of its own line: no call waits for it, or for another party's.
public final class Presence {

    /// So long after its last call a party without an open line counts as there: a reader that polls is between
    /// two calls.
    public static final Duration CONNECTED_FOR = Duration.ofMinutes(2);

    /// Of what a program calls itself.
    public static final int AGENT_CHARS_MAX = 64;

    private static final long RESOLUTION_MILLIS = 1_000;

    private final InstantSource clock;
    private final Instant opened;
    private final Instant since;
    private final boolean isWhole;
    private final Map<PartyId, Line> lines = new ConcurrentHashMap<>();
    private volatile boolean isChanged;

    /// One party's. Written without a lock: two calls in one instant may leave one's door beside the other's
    /// program.
    private static final class Line {

        private final AtomicInteger open = new AtomicInteger();
        private volatile long heardMillis;
        private volatile Door door = Door.REST;
        private volatile String agent = "";

        Seen seen() {
            return new Seen(Instant.ofEpochMilli(heardMillis), door, agent, open.get());
        }
    }

    /// @param clock tells when somebody is heard
    /// @param known what was heard before, if that is known
    Presence(InstantSource clock, Kept known) {
        this.clock = clock;
        this.opened = clock.instant();
        this.since = known.since();
        this.isWhole = known.isWhole();
        known.parties()
                .forEach((party, seen) -> note(line(party), seen.at().toEpochMilli(), seen.door(), seen.agent()));
        isChanged = false;
    }

    /// What is kept of it.
    ///
    /// @param since the hub has listened from then on
    /// @param isWhole whether nobody was heard before that
    record Kept(Instant since, boolean isWhole, Map<PartyId, Seen> parties) {}

    /// For a hub that has heard nobody yet.
    public static Presence ofNewHub(InstantSource clock) {
        return new Presence(clock, new Kept(clock.instant(), true, Map.of()));
    }

    /// A party was heard.
    ///
    /// @param agent the program, as it calls itself; null where it does not
    public void heard(PartyId party, Door door, @Nullable String agent) {
        long now = clock.millis();
        Line line = lines.get(party);
        if (line == null) {
            line = line(party);
        }
        if (Math.abs(now - line.heardMillis) >= RESOLUTION_MILLIS) {
            note(line, now, door, agent);
        }
    }

    private void note(Line line, long atMillis, Door door, @Nullable String agent) {
        line.door = door;
        if (agent != null && !agent.equals(line.agent)) {
            line.agent = printable(agent);
        }
        line.heardMillis = atMillis;
        isChanged = true;
    }

    /// What a stranger's program calls itself, as something that can be shown in one line.
    private static String printable(String agent) {
        String head = agent.length() > AGENT_CHARS_MAX ? agent.substring(0, AGENT_CHARS_MAX) : agent;
        return head.replaceAll("[^\\x20-\\x7e]", "?");
    }

    private Line line(PartyId party) {
        return lines.computeIfAbsent(party, _ -> new Line());
    }

    /// A party opened a stream or a session, which stays until [#closed].
    public void opened(PartyId party, Door door) {
        Line line = line(party);
        line.open.incrementAndGet();
        note(line, clock.millis(), door, null);
    }

    /// One of those ended.
    public void closed(PartyId party, Door door) {
        Line line = line(party);
        line.open.decrementAndGet();
        note(line, clock.millis(), door, null);
    }

    /// When and how a party was last heard; empty where it was not.
    public Optional<Seen> seen(PartyId party) {
        return Optional.ofNullable(lines.get(party)).map(Line::seen);
    }

    /// Whether a party is there.
    public Contact contact(PartyId party) {
        Line line = lines.get(party);
        if (line == null) {
            return isWhole ? new Contact.Never() : new Contact.Unknown(since);
        }
        Seen seen = line.seen();
        boolean isThere =
                seen.lines() > 0 || Duration.between(seen.at(), clock.instant()).compareTo(CONNECTED_FOR) <= 0;
        return isThere ? new Contact.Connected(seen) : new Contact.Silent(seen);
    }

    /// Since when this hub runs: before that nobody could be heard.
    public Instant openedAt() {
        return opened;
    }

    /// Whether something is to be kept that was not yet kept; asked once, it is held to be kept.
    boolean takeChanged() {
        boolean was = isChanged;
        isChanged = false;
        return was;
    }

    /// What was taken for kept was not.
    void changed() {
        isChanged = true;
    }

    /// Forgets parties that are none any more, and tells what there is to keep.
    Kept kept(Predicate<PartyId> isParty) {
        lines.entrySet().removeIf(line -> line.getValue().open.get() == 0 && !isParty.test(line.getKey()));
        var parties = new TreeMap<PartyId, Seen>(Comparator.comparing(PartyId::value));
        lines.forEach((party, line) -> parties.put(party, line.seen()));
        return new Kept(since, isWhole, parties);
    }
}
