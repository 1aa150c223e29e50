package aiguillage.pki.tls;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// TLS 1.3 between parties.
public final class MutualTls {

    public static final String PROTOCOL = "TLSv1.3";

    /// How long after its first handshake a session can be resumed, without the certificate being checked
    /// again.
    public static final Duration RESUMED_FOR = Duration.ofMinutes(10);

    private MutualTls() {}

    /// A context for either end. A JDK client context still offers TLS 1.2 when asked for 1.3, so set
    /// [#parameters] (or the server's list of protocols) as well.
    ///
    /// @param keys what we prove ourselves with; null for a client that has no certificate yet
    public static SSLContext context(@Nullable X509ExtendedKeyManager keys, X509ExtendedTrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance(PROTOCOL);
            context.init(
                    keys == null ? new KeyManager[0] : new KeyManager[] {keys},
                    new TrustManager[] {trust},
                    new SecureRandom());
            int seconds = Math.toIntExact(RESUMED_FOR.toSeconds());
            context.getServerSessionContext().setSessionTimeout(seconds);
            context.getClientSessionContext().setSessionTimeout(seconds);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK speaks " + PROTOCOL, e);
        }
    }

    /// TLS 1.3 and nothing older. A client compares the server's certificate with the name it dialled; a server
    /// requires a certificate.
    public static SSLParameters parameters(boolean client) {
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[] {PROTOCOL});
        if (client) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        } else {
            parameters.setNeedClientAuth(true);
        }
        return parameters;
    }
}
