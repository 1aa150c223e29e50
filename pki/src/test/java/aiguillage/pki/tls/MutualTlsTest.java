package aiguillage.pki.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.pki.CertificateUse;
import aiguillage.pki.Credential;
import aiguillage.pki.PartyCertificate;
import aiguillage.pki.Scene;
import aiguillage.pki.TrustAnchors;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutualTlsTest {

    @TempDir
    Path folder;

    private Scene scene;
    private PartyTrustManager serversTrust;
    private PartyKeyManager serversKeys;

    @BeforeEach
    void open() throws IOException {
        scene = new Scene(folder);
        serversTrust = new PartyTrustManager(scene.anchors, InstantSource.fixed(scene.now));
        serversKeys = new PartyKeyManager(scene.server("hub"));
    }

    @Test
    void bothEndsKnowEachOtherOverTls13() throws SSLException {
        Handshake handshake = handshake(scene.credential("garage-1"), scene.now, "localhost");
        assertThat(handshake.protocol()).isEqualTo("TLSv1.3");
        assertThat(PartyCertificate.of(handshake.clientsCertificate()).party()).isEqualTo(new PartyId("garage-1"));
    }

    @Test
    void aClientWithoutACertificateIsRefused() {
        assertThatThrownBy(() -> handshake(null, scene.now, "localhost")).isInstanceOf(SSLException.class);
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() throws IOException {
        Credential foreign = new Scene(folder.resolve("elsewhere")).credential("garage-1");
        assertThatThrownBy(() -> handshake(foreign, scene.now, "localhost"))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("PKIX");
    }

    @Test
    void anExpiredCertificateIsRefused() {
        serversTrust = new PartyTrustManager(scene.anchors, InstantSource.fixed(scene.now.plus(days(40))));
        assertThatThrownBy(() -> handshake(scene.credential("garage-1"), scene.now, "localhost"))
                .rootCause()
                .hasMessageContaining("ended at");
    }

    @Test
    void aCertificateNotYetValidIsRefused() {
        Credential early = scene.credential("garage-1", new CertificateUse.Client(), scene.now.plus(days(1)));
        assertThatThrownBy(() -> handshake(early, scene.now, "localhost"))
                .rootCause()
                .hasMessageContaining("begins at")
                .hasMessageContaining("set the clock");
    }

    @Test
    void aClockOneDaySlowIsToldToTheOneWhoHasIt() {
        Instant yesterday = scene.now.minus(days(1));
        assertThatThrownBy(() -> handshake(scene.credential("garage-1"), yesterday, "localhost"))
                .rootCause()
                .hasMessageContaining("this machine's clock says " + yesterday);
    }

    @Test
    void aClockFourMinutesSlowDoesNoHarm() throws SSLException {
        handshake(scene.credential("garage-1"), scene.now.minus(Duration.ofMinutes(4)), "localhost");
    }

    @Test
    void aDealersCertificateCannotPlayTheHub() {
        serversKeys.replace(scene.credential("garage-2"));
        assertThatThrownBy(() -> handshake(scene.credential("garage-1"), scene.now, "localhost"))
                .rootCause()
                .hasMessageContaining("is not for a TLS server");
    }

    @Test
    void aHubOfAnotherNameIsRefused() {
        assertThatThrownBy(() -> handshake(scene.credential("garage-1"), scene.now, "hub.example"))
                .rootCause()
                .hasMessageContaining("hub.example");
    }

    @Test
    void anOlderProtocolIsRefused() {
        SSLParameters older = MutualTls.parameters(true);
        older.setProtocols(new String[] {"TLSv1.2"});
        SSLContext client = client(scene.credential("garage-1"), scene.now);
        assertThatThrownBy(() -> new Handshake(client, "localhost", server(), older).run())
                .isInstanceOf(SSLException.class);
    }

    @Test
    void aPeerBelowAnyOfTheRootsIsBelieved() throws IOException {
        var other = new Scene(folder.resolve("elsewhere"));
        Credential foreign = other.credential("garage-1");
        SSLContext client = client(foreign, scene.now);
        assertThatThrownBy(() -> new Handshake(client, "localhost", server()).run())
                .isInstanceOf(SSLException.class);
        serversTrust = new PartyTrustManager(scene.anchors.and(other.anchors), InstantSource.fixed(scene.now));
        new Handshake(client, "localhost", server()).run();
    }

    @Test
    void aRootPastItsEndIsNoRoot() {
        Instant inElevenYears = scene.now.plus(days(11 * 365));
        var trust = new PartyTrustManager(scene.anchors, InstantSource.fixed(inElevenYears));
        assertThat(trust.getAcceptedIssuers()).isEmpty();
        X509Certificate[] chain =
                scene.credential("garage-1").chain().certificates().toArray(new X509Certificate[0]);
        assertThatThrownBy(() -> trust.checkClientTrusted(chain, "EC")).hasMessageContaining("ended at");
    }

    @Test
    void aPartyIsNoRoot() {
        assertThatThrownBy(() ->
                        TrustAnchors.of(scene.credential("garage-1").chain().leaf()))
                .hasMessageContaining("cannot be trusted as a root");
    }

    @Test
    void theNewKeyServesTheNextHandshakeAndTheOldStaysGood() throws SSLException {
        var keys = new PartyKeyManager(scene.credential("garage-1"));
        X509Certificate old = keys.current().chain().leaf();
        SSLContext server = server();
        SSLContext client = MutualTls.context(keys, new PartyTrustManager(scene.anchors, () -> scene.now));
        assertThat(new Handshake(client, "one", server, unnamed()).run().clientsCertificate())
                .isEqualTo(old);

        Credential renewed = scene.credential("garage-1");
        keys.replace(renewed);
        assertThat(new Handshake(client, "two", server, unnamed()).run().clientsCertificate())
                .isEqualTo(renewed.chain().leaf());
        SSLContext notYetRenewed = MutualTls.context(
                new PartyKeyManager(scene.credential("garage-1")),
                new PartyTrustManager(scene.anchors, () -> scene.now));
        new Handshake(notYetRenewed, "three", server, unnamed()).run();
    }

    @Test
    void aHandshakeUnderWayFindsKeyAndChainThatBelongTogether() {
        Credential first = scene.credential("garage-1");
        var keys = new PartyKeyManager(first);
        String alias = Objects.requireNonNull(keys.chooseEngineClientAlias(new String[] {"EC"}, null, null));
        keys.replace(scene.credential("garage-1"));
        assertThat(keys.getPrivateKey(alias)).isEqualTo(first.key());
        assertThat(List.of(Objects.requireNonNull(keys.getCertificateChain(alias))))
                .isEqualTo(first.chain().certificates());
        assertThat(keys.chooseEngineClientAlias(new String[] {"EC"}, null, null))
                .isNotEqualTo(alias);
        assertThat(keys.chooseEngineClientAlias(new String[] {"RSA"}, null, null))
                .isNull();
    }

    private Handshake handshake(@Nullable Credential credential, Instant clientsClock, String dialled)
            throws SSLException {
        return new Handshake(client(credential, clientsClock), dialled, server()).run();
    }

    private SSLContext client(@Nullable Credential credential, Instant clock) {
        var trust = new PartyTrustManager(scene.anchors, InstantSource.fixed(clock));
        return MutualTls.context(credential == null ? null : new PartyKeyManager(credential), trust);
    }

    private SSLContext server() {
        return MutualTls.context(serversKeys, serversTrust);
    }

    /// Without the comparison of host names.
    private static SSLParameters unnamed() {
        SSLParameters parameters = MutualTls.parameters(true);
        parameters.setEndpointIdentificationAlgorithm("");
        return parameters;
    }

    private static Duration days(long days) {
        return Duration.ofDays(days);
    }
}
