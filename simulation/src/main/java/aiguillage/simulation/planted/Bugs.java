package aiguillage.simulation.planted;

import aiguillage.gateway.inbox.Delivery;
import aiguillage.gateway.inbox.Inbox;
import aiguillage.gateway.inbox.Result;
import aiguillage.gateway.outbox.Answer;
import aiguillage.gateway.outbox.Submitter;
import aiguillage.gateway.outbox.Waiting;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Reader;
import aiguillage.hub.ledger.Growth;
import aiguillage.hub.routing.Terms;
import aiguillage.hub.store.Changes;
import aiguillage.hub.store.Overlay;
import aiguillage.hub.store.Store;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.hub.yard.DocumentRow;
import aiguillage.hub.yard.Outcome;
import aiguillage.hub.yard.Yard;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// What planted bugs do instead of the right thing. Called from the byte code of changed classes only.
public final class Bugs {

    private static final Map<Store, Changes> UNWRITTEN = new WeakHashMap<>();
    private static final Map<Inbox, List<Delivery>> IN_HAND = new WeakHashMap<>();

    private static final AtomicLong ATTEMPTS = new AtomicLong();

    private Bugs() {}

    /// Writes what was to be written the last time.
    public static void writeLate(Store store, Changes changes) {
        Changes before = UNWRITTEN.put(store, changes);
        if (before != null) {
            store.write(before);
        }
    }

    /// Hands over what came the last time, and says that this is handed over.
    public static Result handOverLate(Inbox inbox, List<Delivery> batch) throws InterruptedException {
        List<Delivery> before = IN_HAND.put(inbox, List.copyOf(batch));
        if (before != null) {
            inbox.handOver(before);
        }
        return new Result(batch.stream().map(Delivery::position).toList(), List.of(), false);
    }

    /// The size before the last entry.
    public static long oneLess(Growth growth) {
        return growth.size() - 1;
    }

    /// All but the last.
    public static int allButOne(List<?> list) {
        return list.size() - 1;
    }

    public static boolean yes(List<?> list) {
        return true;
    }

    public static String nobody(PartyId party) {
        return "";
    }

    /// The same reader for everything.
    public static PartyId auditor(Reader reader) {
        return new PartyId("opel-audit");
    }

    /// The position before.
    public static Position before(DocumentRow row) {
        return new Position(Math.max(1, row.position().value() - 1));
    }

    public static DeliveryRow unmoved(DeliveryRow row, Position position, long rejectedAt) {
        return row;
    }

    /// Each attempt under an id of its own.
    public static Answer submitAnew(Submitter submitter, Waiting document, Path payload) throws InterruptedException {
        Envelope was = document.envelope();
        var id = new DocumentId(was.id().value() + "-" + ATTEMPTS.incrementAndGet());
        var envelope = new Envelope(
                id,
                was.sender(),
                was.flow(),
                was.subject(),
                was.time(),
                was.contentType(),
                was.dataSchema(),
                was.extensions());
        return submitter.submit(
                new Waiting(
                        document.number(),
                        envelope,
                        document.digest(),
                        document.bytes(),
                        document.taken(),
                        document.name(),
                        document.origin(),
                        document.flaw(),
                        document.ending()),
                payload);
    }

    /// Applies at the position behind.
    public static Outcome applyNext(Yard yard, Position position, Entry entry, Overlay views) {
        Outcome outcome = yard.apply(new Position(position.value() + 1), entry, views);
        return outcome instanceof Outcome.Recorded ? new Outcome.Recorded(position) : outcome;
    }

    /// Whatever they are.
    public static boolean same(String one, Object other) {
        return true;
    }

    public static Duration noTime(Terms terms) {
        return Duration.ZERO;
    }
}
