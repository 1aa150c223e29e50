package aiguillage.hub.document;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.EntryCodec;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.store.Changes;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Table;
import aiguillage.hub.testing.MemoryStore;
import aiguillage.hub.testing.RunningHub;
import aiguillage.protocol.Brand;
import aiguillage.protocol.PartyId;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalsTest {

    private static final PartyId DEALER = new PartyId("dealer-7");
    private static final String SCHEMA = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
              <xs:element name="order" type="xs:int"/>
            </xs:schema>
            """;

    @Test
    void whatWasRefusedIsKnownAfterARestartNewestFirst(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("schemas"));
        Files.writeString(folder.resolve("schemas/order.xsd"), SCHEMA);
        String flows = RunningHub.FLOWS + "  opel/order: { from: dealer, to: opel-centre, schema: order.xsd }\n";
        try (var hub = new RunningHub(folder, flows, InstantSource.system());
                HttpClient dealer = hub.client("dealer-7")) {
            hub.submit(dealer, "dealer-7", "opel/order", "order-1", "<order>many</order>");
            hub.submit(dealer, "dealer-7", "opel/order", "order-2", "<order>many</order>");
            assertThat(refused(hub)).containsExactly("order-2", "order-1");
        }
        try (var hub = new RunningHub(folder, flows, InstantSource.system())) {
            assertThat(refused(hub)).containsExactly("order-2", "order-1");
            var figures = hub.inside().figures().refusals();
            assertThat(figures.ofDocuments(Instant.now(), new Brand("opel")::equals))
                    .singleElement()
                    .satisfies(count -> {
                        assertThat(count.problem()).isEqualTo(Problem.PAYLOAD_INVALID);
                        assertThat(count.day()).isEqualTo(2);
                    });
            assertThat(figures.ofDocuments(Instant.now(), new Brand("citroen")::equals))
                    .isEmpty();
        }
    }

    @Test
    void aPartyWithThousandsHidesNobodyAndWhatCannotBeReadIsLeftOut() {
        var store = new MemoryStore();
        var changes = new Changes();
        refuse(changes, 1, new PartyId("dealer-8"));
        refuse(changes, 2, new PartyId("dealer-9"));
        changes.put(Table.ENTRIES, Key.of(2), new byte[EntryCodec.SALTS_BYTES + 3]);
        changes.put(Table.REFUSED, Key.of(3), "dealer-9".getBytes(StandardCharsets.UTF_8)); // no entry
        int last = 3 + Refusals.BEFORE_MAX + 100;
        for (int i = 4; i <= last; i++) {
            refuse(changes, i, DEALER);
        }
        store.write(changes);
        var refusals = new Refusals();
        List<Entry.DocumentRefused> before = Refusals.before(store, new Documents(store));
        before.forEach(refusals::recorded);
        assertThat(before).hasSize(Refusals.BEFORE_MAX + 1);
        assertThat(refusals.of(new PartyId("dealer-8"))).hasSize(1);
        assertThat(refusals.of(new PartyId("dealer-9"))).isEmpty();
        assertThat(refusals.of(DEALER)).hasSize(Refusals.KEPT_MAX);
        assertThat(refusals.of(DEALER).getFirst().id()).isEqualTo("order-" + last);
    }

    private static void refuse(Changes changes, long position, PartyId sender) {
        Instant noon = Instant.parse("2026-06-01T12:00:00Z");
        var entry = new Entry.DocumentRefused(
                noon, sender, "order-" + position, "opel/order", null, "payload-invalid", "line 3");
        byte[] stored = EntryCodec.encodeStored(new byte[EntryCodec.SALTS_BYTES], EntryCodec.encode(entry));
        changes.put(Table.ENTRIES, Key.of(position), stored);
        changes.put(Table.REFUSED, Key.of(position), sender.value().getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> refused(RunningHub hub) {
        return hub.inside().refusals().of(DEALER).stream()
                .map(Entry.DocumentRefused::id)
                .toList();
    }
}
