package aiguillage.hub.door.as4;

import aiguillage.hub.trust.Trust;
import aiguillage.pki.tls.PartyTrustManager;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Which gateways are pushed to: those whose certificate leads to a root of connections, fits the address, and
/// is not known to be revoked. Calls nobody in. Safe from any thread.
public final class As4Gateways extends X509ExtendedTrustManager {

    private final PartyTrustManager roots;
    private final Trust trust;

    public As4Gateways(PartyTrustManager roots, Trust trust) {
        this.roots = roots;
        this.trust = trust;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        roots.checkServerTrusted(chain, authType, engine);
        requireUnrevoked(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        roots.checkServerTrusted(chain, authType, socket);
        requireUnrevoked(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        roots.checkServerTrusted(chain, authType);
        requireUnrevoked(chain);
    }

    private void requireUnrevoked(X509Certificate[] chain) throws CertificateException {
        if (trust.isRevoked(chain[0])) {
            throw new CertificateException("the gateway's certificate was revoked");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw noServer();
    }

    private static CertificateException noServer() {
        return new CertificateException("nobody connects here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return roots.getAcceptedIssuers();
    }
}
