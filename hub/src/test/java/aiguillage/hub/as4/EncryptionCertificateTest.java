package aiguillage.hub.as4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.config.ConfigException;
import aiguillage.hub.routing.Table;
import aiguillage.hub.testing.RunningHub;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/// A flows file that is to come into force has no certificate to encrypt to that could not be used.
class EncryptionCertificateTest {

    private static final Instant END = Instant.parse("2026-03-17T12:00:00Z");
    private static final Instant BEGINNING = END.minus(Duration.ofDays(2));

    private static String flows() throws Exception {
        KeyPair signer = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        X509Certificate certificate = As4Site.certificate(
                "sealing",
                KeyPairGenerator.getInstance("X25519").generateKeyPair().getPublic(),
                signer.getPrivate(),
                END);
        return RunningHub.FLOWS.replace(
                "dealer-8: {",
                "dealer-8: { as4: { encryption: " + Base64.getEncoder().encodeToString(certificate.getEncoded())
                        + " },");
    }

    @Test
    void anExpiredOneIsRefusedWithPartyPlaceAndRemedy() throws Exception {
        String flows = flows();
        assertThatThrownBy(() -> Table.readNew("flows.yaml", flows, END.plusSeconds(1)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("flows.yaml:6")
                .hasMessageContaining("parties.dealer-8.as4.encryption")
                .hasMessageContaining("dealer-8 ended at 2026-03-17T12:00:00Z")
                .hasMessageContaining("Ask the party");
    }

    @Test
    void oneThatDoesNotHoldYetIsRefused() throws Exception {
        String flows = flows();
        assertThatThrownBy(() -> Table.readNew("flows.yaml", flows, BEGINNING.minusSeconds(1)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("begins at 2026-03-15T12:00:00Z, and it is 2026-03-15T11:59:59Z")
                .hasMessageContaining("old certificate");
    }

    /// A hub must start, whatever its table has outlived.
    @Test
    void aTableInForceGoesOn() throws Exception {
        String flows = flows();
        assertThat(Table.readNew("flows.yaml", flows, END.minusSeconds(1)).digest())
                .isEqualTo(Table.read("flows.yaml", flows).digest());
    }
}
