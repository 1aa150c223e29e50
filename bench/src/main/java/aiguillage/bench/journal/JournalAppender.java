package aiguillage.bench.journal;

import aiguillage.bench.server.Site;
import aiguillage.hub.entry.EndState;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Payload;
import aiguillage.hub.entry.Reader;
import aiguillage.hub.journal.Applied;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.store.RocksStore;
import aiguillage.protocol.Digest;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.proof.LedgerKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The hub's journal, from a routed document to a signed receipt; without doors.
public final class JournalAppender implements Appender {

    private static final Instant TIME = Instant.parse("2026-03-01T09:30:00Z");
    private static final Duration OFFERED_FOR = Duration.ofDays(14);
    private static final Duration KEPT_FOR = Duration.ofDays(90);
    private static final PartyId SENDER = Site.dealer(0);
    private static final List<Reader> READERS = List.of(new Reader(Site.CENTRE, false));

    private final RocksStore store;
    private final Journal journal;
    private final LedgerKey.Public verifier;

    /// Opens a new journal.
    ///
    /// @param folder does not exist yet
    public JournalAppender(Path folder) {
        var random = new SecureRandom();
        store = RocksStore.open(folder);
        var ledger = new Ledger(store, LedgerKey.generate(Site.HUB + "/ledger", random), Site.HUB);
        verifier = ledger.verifier();
        journal = new Journal(store, ledger, Site.HUB, random, entry -> {}, Throwable::printStackTrace);
    }

    @Override
    public CompletableFuture<Applied> append(long number, byte[] payload) {
        var document = new Entry.DocumentAccepted(
                TIME,
                Envelope.of(new DocumentId("bench-" + number), SENDER, Site.FLOW),
                new Payload(Digest.of(payload), payload.length, null),
                READERS,
                TIME.plus(OFFERED_FOR),
                TIME.plus(KEPT_FOR),
                EnumSet.of(EndState.REJECTED, EndState.EXPIRED),
                Map.of(),
                null);
        return journal.append(document, payload);
    }

    /// The key with which its receipts are verified.
    public LedgerKey.Public verifier() {
        return verifier;
    }

    @Override
    public void close() {
        journal.close();
        store.close();
    }
}
