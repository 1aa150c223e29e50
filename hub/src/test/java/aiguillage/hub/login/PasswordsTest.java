package aiguillage.hub.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.config.ConfigException;
import aiguillage.hub.directory.PasswordHash;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.routing.Table;
import aiguillage.hub.testing.MemoryStore;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.trust.Enrolled;
import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PasswordsTest {

    private static final PasswordHash HASH = PasswordHash.make("right", new Random(3));
    private static final PartyId DEALER = new PartyId("dealer-7");
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final MemoryStore store = new MemoryStore();
    private final Enrolled enrolled = new Enrolled(store);
    private Table table = Table.read(
            "flows.yaml", RunningHub.FLOWS.replace("dealer-7: {", "dealer-7: { password: \"" + HASH.text() + "\","));
    private final Passwords passwords =
            new Passwords(() -> table, enrolled, Thread::startVirtualThread, System::nanoTime, Duration.ofMillis(50));

    private Login.@org.jspecify.annotations.Nullable ByPassword judged(PartyId party, String password)
            throws Exception {
        CompletableFuture<Login.@org.jspecify.annotations.Nullable ByPassword> judged =
                passwords.judged(party, password, HERE);
        return judged.get(30, TimeUnit.SECONDS);
    }

    @Test
    void onlyTheRightPasswordOfAPartyThatHasOneLetsIn() throws Exception {
        assertThat(judged(DEALER, "right")).isEqualTo(new Login.ByPassword(DEALER, HASH));
        assertThat(judged(DEALER, "wrong")).isNull();
        assertThat(judged(new PartyId("dealer-8"), "right")).isNull();
        assertThat(judged(new PartyId("nobody"), "right")).isNull();
    }

    @Test
    void aNoComesAfterTheSameTimeWhateverItsReason() throws Exception {
        for (String party : new String[] {"dealer-8", "nobody"}) {
            long from = System.nanoTime();
            assertThat(judged(new PartyId(party), "right")).isNull();
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
        }
    }

    @Test
    void aLoginIsOverWithItsPasswordItsPartyOrItsPartysCertificates() {
        var logins = new Logins(() -> table, enrolled, passwords, () -> NOW);
        var login = new Login.ByPassword(DEALER, HASH);
        assertThat(logins.isOver(login)).isFalse();
        var certificate =
                new Entry.CertificateIssued(NOW, DEALER, "1a", NOW.plusSeconds(60), null, Digest.of(new byte[] {1}));
        enrolled.recorded(certificate);
        assertThat(enrolled.hasKey(DEALER, Digest.of(new byte[] {1}), NOW)).isTrue();
        assertThat(enrolled.hasKey(DEALER, Digest.of(new byte[] {1}), NOW.plusSeconds(60)))
                .as("past its end")
                .isFalse();
        assertThat(enrolled.hasKey(new PartyId("dealer-8"), Digest.of(new byte[] {1}), NOW))
                .isFalse();
        assertThat(logins.isOver(login)).isFalse();
        table = Table.read("flows.yaml", RunningHub.FLOWS);
        assertThat(logins.isOver(login)).isTrue();
    }

    @Test
    void aPasswordInTheFlowsFileIsRefusedAndNotRepeated() {
        String flows = RunningHub.FLOWS.replace("dealer-7: {", "dealer-7: { password: secret-of-mine,");
        assertThatThrownBy(() -> Table.read("flows.yaml", flows))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("aiguillage party password")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret-of-mine"));
        assertThat(HASH.toString()).doesNotContain(HASH.hash());
        assertThat(PasswordHash.of(HASH.text())).isEqualTo(HASH);
        assertThatThrownBy(() -> PasswordHash.of(HASH.text().replace("600000", "100000")))
                .hasMessageContaining("rounds");
    }
}
