package aiguillage.bench.stored;

import aiguillage.bench.server.Site;
import aiguillage.hub.DataFolder;
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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Puts documents into a journal, as doors do and without them. One thread uses it.
final class Seeder implements AutoCloseable {

    private static final Duration OFFERED_FOR = Duration.ofDays(14);
    private static final Duration KEPT_FOR = Duration.ofDays(90);
    private static final PartyId SENDER = Site.dealer(0);
    private static final List<Reader> READERS = List.of(new Reader(Site.CENTRE, false));

    private final RocksStore store;
    private final Journal journal;
    private final String series = Long.toString(System.nanoTime(), Character.MAX_RADIX);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private long number;

    private Seeder(Path folder, LedgerKey key, SecureRandom random) {
        store = RocksStore.open(folder);
        journal = new Journal(store, new Ledger(store, key, Site.HUB), Site.HUB, random, entry -> {}, failure::set);
    }

    /// On the data of a hub that has run and does not run now.
    static Seeder ofHub(Site site) throws IOException {
        var data = new DataFolder(site.config().data());
        return new Seeder(data.store(), data.readLedgerKey(), new SecureRandom());
    }

    /// On a new store.
    static Seeder fresh(Path folder) {
        var random = new SecureRandom();
        return new Seeder(folder, LedgerKey.generate(Site.HUB + "/ledger", random), random);
    }

    /// Adds documents from one dealer to the centre.
    ///
    /// @param waiting how many wait for the journal at any time
    /// @throws IOException when one was not accepted
    void add(long count, int payloadBytes, int waiting) throws IOException, InterruptedException {
        var free = new Semaphore(waiting);
        for (long i = 0; i < count && failure.get() == null; i++) {
            free.acquire();
            byte[] payload = payload(payloadBytes);
            var _ = journal.append(document(payload), payload).whenComplete((applied, refused) -> {
                note(applied, refused);
                free.release();
            });
        }
        free.acquire(waiting);
        Throwable cause = failure.get();
        if (cause != null) {
            throw new IOException("the journal did not take a document: " + cause.getMessage(), cause);
        }
    }

    private void note(@Nullable Applied applied, @Nullable Throwable refused) {
        if (applied == null) {
            failure.compareAndSet(null, refused);
        }
    }

    private Entry.DocumentAccepted document(byte[] payload) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new Entry.DocumentAccepted(
                now,
                Envelope.of(new DocumentId(series + "-" + number++), SENDER, Site.FLOW),
                new Payload(Digest.of(payload), payload.length, null),
                READERS,
                now.plus(OFFERED_FOR),
                now.plus(KEPT_FOR),
                EnumSet.of(EndState.REJECTED, EndState.EXPIRED),
                Map.of(),
                null);
    }

    private byte[] payload(int bytes) {
        var payload = new byte[bytes];
        ByteBuffer.wrap(payload).putLong(number);
        return payload;
    }

    @Override
    public void close() {
        journal.close();
        store.close();
    }
}
