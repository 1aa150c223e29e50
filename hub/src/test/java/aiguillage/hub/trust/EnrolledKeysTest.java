package aiguillage.hub.trust;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.entry.ByteWriter;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.store.Changes;
import aiguillage.hub.store.Table;
import aiguillage.hub.testing.MemoryStore;
import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EnrolledKeysTest {

    private static final PartyId DEALER = new PartyId("dealer-7");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final MemoryStore store = new MemoryStore();

    private static Digest key(int of) {
        return Digest.of(new byte[] {(byte) of});
    }

    private void issued(int serial, Instant notAfter, boolean isRevoked) {
        var changes = new Changes();
        changes.put(
                Table.CERTIFICATES,
                String.format("%02x", serial).getBytes(StandardCharsets.US_ASCII),
                new ByteWriter(80)
                        .text(DEALER.value())
                        .time(notAfter)
                        .one(isRevoked ? 1 : 0)
                        .fixed(key(serial).bytes())
                        .done());
        store.write(changes);
    }

    @Test
    void theKeysOfManyCertificatesAreThoseThatHoldLongestAlsoAfterARestart() {
        issued(1, NOW.plus(Duration.ofDays(30)), false);
        for (int serial = 2; serial < 40; serial++) {
            issued(serial, NOW.minusSeconds(serial), false);
        }
        var enrolled = new Enrolled(store, new Suspended(store));
        assertThat(enrolled.hasKey(DEALER, key(1), NOW)).isTrue();
        assertThat(enrolled.hasKey(DEALER, key(39), NOW)).isFalse();
    }

    @Test
    void anExpiredCertificateKeepsNoRevokedPartyIn() {
        issued(1, NOW.minusSeconds(1), false);
        issued(2, NOW.plusSeconds(60), true);
        var enrolled = new Enrolled(store, new Suspended(store));
        assertThat(enrolled.isShutOut(DEALER, NOW)).isTrue();
        enrolled.recorded(new Entry.CertificateIssued(NOW, DEALER, "03", NOW.plusSeconds(60), null, key(3)));
        assertThat(enrolled.isShutOut(DEALER, NOW)).isFalse();
        assertThat(enrolled.isShutOut(new PartyId("dealer-8"), NOW)).isFalse();
    }
}
