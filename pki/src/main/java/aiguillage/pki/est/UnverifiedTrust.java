package aiguillage.pki.est;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Believes any server. Only for fetching `cacerts` before a root is known (RFC 7030, 4.1.1), where the answer
/// proves itself by its fingerprint and nothing secret is sent. Not public, so that it is used nowhere else.
final class UnverifiedTrust extends X509ExtendedTrustManager {

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine) {
        // The fingerprint is checked in what comes over the connection.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket) {
        // As above.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        // As above.
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine) {
        throw neverAServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket) {
        throw neverAServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        throw neverAServer();
    }

    private static AssertionError neverAServer() {
        return new AssertionError("only a client's first contact may go unverified");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
