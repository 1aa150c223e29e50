package aiguillage.console.find;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.document.Lister;
import aiguillage.console.testing.ConsoleSite;
import aiguillage.hub.document.Documents;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.EntryCodec;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.store.Changes;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Overlay;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.hub.testing.MemoryStore;
import aiguillage.hub.yard.Yard;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.Position;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A search reads as much whatever is stored.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FinderTest {

    private static final int DOCUMENTS = 20_000;

    private final CountedReads store = new CountedReads(new MemoryStore());
    private final Finder finder = new Finder(new Documents(store), _ -> Optional.empty());
    private final Operator all = ConsoleSite.operator("ada", Rank.SEE);
    private final Operator citroen = ConsoleSite.operator("carl", Rank.SEE, "citroen");

    /// Counts rows and values read.
    private static final class CountedReads implements Store {

        private final Store store;
        private long reads;

        CountedReads(Store store) {
            this.store = store;
        }

        @Override
        public byte @Nullable [] get(Table table, byte[] key) {
            reads++;
            return store.get(table, key);
        }

        @Override
        public Scan scan(Table table, byte[] from, byte[] to) {
            reads++;
            Scan scan = store.scan(table, from, to);
            return new Scan() {
                @Override
                public boolean next() {
                    reads++;
                    return scan.next();
                }

                @Override
                public byte[] key() {
                    return scan.key();
                }

                @Override
                public byte[] value() {
                    return scan.value();
                }

                @Override
                public void close() {
                    scan.close();
                }
            };
        }

        @Override
        public @Nullable Row last(Table table, byte[] from, byte[] to) {
            reads++;
            return store.last(table, from, to);
        }

        @Override
        public void write(Changes changes) {
            store.write(changes);
        }

        @Override
        public void close() {
            store.close();
        }
    }

    @BeforeAll
    void fill() {
        var yard = new Yard(aiguillage.hub.testing.Documents.HUB);
        var salts = new byte[EntryCodec.SALTS_BYTES];
        for (int i = 1; i <= DOCUMENTS + 1; i++) {
            Entry entry = i <= DOCUMENTS
                    ? aiguillage.hub.testing.Documents.claim("w-" + i, "a claim")
                    : asFile(aiguillage.hub.testing.Documents.claim("file-1", "a claim"), "claim 4711.xml");
            var changes = new Overlay(store);
            yard.apply(new Position(i), entry, changes);
            changes.put(Table.ENTRIES, Key.of(i), EntryCodec.encodeStored(salts, EntryCodec.encode(entry)));
            store.write(changes.changes());
        }
    }

    /// The claim as it comes from a door of files: its subject is the file's name.
    private static Entry asFile(Entry.DocumentAccepted claim, String name) {
        Envelope envelope = claim.envelope();
        return new Entry.DocumentAccepted(
                claim.time(),
                new Envelope(
                        envelope.id(),
                        envelope.sender(),
                        envelope.flow(),
                        name,
                        null,
                        envelope.contentType(),
                        null,
                        envelope.extensions()),
                claim.payload(),
                claim.readers(),
                claim.offeredUntil(),
                claim.keptUntil(),
                claim.notices(),
                claim.keys(),
                null);
    }

    private long reads(Runnable search) {
        long before = store.reads;
        search.run();
        return store.reads - before;
    }

    @Test
    void oneDocumentCostsAHandfulOfReads() {
        assertThat(reads(() ->
                        assertThat(finder.find("w-19999", all).documents()).hasSize(1)))
                .isLessThan(60);
        assertThat(reads(() ->
                        assertThat(finder.find("C-w-777", all).documents()).hasSize(1)))
                .isLessThan(60);
        assertThat(reads(() ->
                        assertThat(finder.find("unknown", all).documents()).isEmpty()))
                .isLessThan(60);
    }

    @Test
    void aFilesNameOrAnotherSubjectIsFoundAsCheaply() {
        assertThat(reads(() -> assertThat(finder.find("claim 4711.xml", all).documents())
                        .singleElement()
                        .satisfies(line -> assertThat(line.path()).endsWith("/file-1"))))
                .isLessThan(60);
        assertThat(finder.find("claim 4711.xml", citroen).isNothing()).isTrue();
    }

    @Test
    void aBeginningThatManyHaveHasABound() {
        assertThat(reads(() -> assertThat(finder.find("w-", all).documents()).hasSize(Finder.FOUND_MAX)))
                .isLessThan(1_000);
    }

    @Test
    void whatIsOfOtherBrandsIsPassedOverWithinABound() {
        assertThat(reads(
                        () -> assertThat(finder.find("w-", citroen).documents()).isEmpty()))
                .isLessThan(3 * Finder.LOOKED_AT_MAX);
    }

    @Test
    void aListLooksAtSoManyEntriesAndSaysHowFar() {
        var lister = new Lister(new Documents(store));
        var wanted = new aiguillage.console.document.Wanted(
                "citroen/warranty-claim", "", "", "", "", null, java.time.ZoneOffset.UTC);
        assertThat(reads(() -> {
                    Lister.Found found = lister.list(wanted, all, DOCUMENTS);
                    assertThat(found.lines()).isEmpty();
                    assertThat(found.isEnd()).isFalse();
                    assertThat(found.lookedTo()).isEqualTo(DOCUMENTS + 1 - Lister.LOOKED_AT_MAX);
                }))
                .isLessThan(Lister.LOOKED_AT_MAX + 100);
    }
}
