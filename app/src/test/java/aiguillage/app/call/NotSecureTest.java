package aiguillage.app.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/// What no system's own names can show: a hub that is called by another name than its certificate's.
class NotSecureTest {

    private static final URI HUB = URI.create("https://hub.example:8443");

    private static IOException failed(String why) {
        var failed = new SSLHandshakeException("(certificate_unknown) " + why);
        failed.initCause(new CertificateException(why));
        return new IOException(why, failed);
    }

    @Test
    void aHubOfAnotherNameIsSaidToBe() {
        assertThat(NotSecure.said(HUB, failed("No subject alternative DNS name matching hub.example found.")))
                .startsWith("The certificate of the hub at " + HUB + " is not for this name.");
        assertThat(NotSecure.said(HUB, failed("the certificate \"CN=hub\" ended at 2026-01-01T00:00:00Z")))
                .isEqualTo("The hub at " + HUB + " cannot be trusted: the certificate \"CN=hub\" ended at"
                        + " 2026-01-01T00:00:00Z.");
        assertThat(NotSecure.said(HUB, new IOException("the line broke"))).isNull();
    }
}
