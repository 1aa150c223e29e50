package aiguillage.pki.tls;

import aiguillage.pki.TrustAnchors;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Whether a peer's certificate leads to a trusted root, at this instant, for this use. Safe from any thread.
///
/// Path validation (RFC 5280, 6), the comparison of host names and the refusal of weak algorithms are the
/// JDK's. Added here: the clock is given, the extended key usage must be stated, and a root past its own end is
/// no root. Revocation is not asked for: `aiguillage.pki.revocation` and the hub's directory know it, and know
/// when they do not.
public final class PartyTrustManager extends X509ExtendedTrustManager {

    private static final String CLIENT_PURPOSE = "1.3.6.1.5.5.7.3.2";
    private static final String SERVER_PURPOSE = "1.3.6.1.5.5.7.3.1";

    private final TrustAnchors anchors;
    private final InstantSource clock;

    public PartyTrustManager(TrustAnchors anchors, InstantSource clock) {
        this.anchors = anchors;
        this.clock = clock;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        checked(chain, CLIENT_PURPOSE).checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        checked(chain, SERVER_PURPOSE).checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        checked(chain, CLIENT_PURPOSE).checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        checked(chain, SERVER_PURPOSE).checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        checked(chain, CLIENT_PURPOSE).checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        checked(chain, SERVER_PURPOSE).checkServerTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return anchors.validAt(clock.instant()).toArray(new X509Certificate[0]);
    }

    /// Our own checks, and then the JDK's trust manager as of now.
    private X509ExtendedTrustManager checked(X509Certificate[] chain, String purpose) throws CertificateException {
        if (chain.length == 0) {
            throw new CertificateException("the peer showed no certificate");
        }
        Instant now = clock.instant();
        refuseUnlessValid(chain[0], now);
        refuseUnlessFor(chain[0], purpose);
        return platform(now);
    }

    private static void refuseUnlessValid(X509Certificate certificate, Instant now) throws CertificateException {
        String name = certificate.getSubjectX500Principal().getName();
        Instant end = certificate.getNotAfter().toInstant();
        Instant begin = certificate.getNotBefore().toInstant();
        if (now.isAfter(end)) {
            throw new CertificateExpiredException("the certificate \"" + name + "\" ended at " + end
                    + ", and this machine's clock says " + now + "; renew it, or set the clock");
        }
        if (now.isBefore(begin)) {
            throw new CertificateNotYetValidException("the certificate \"" + name + "\" begins at " + begin
                    + ", and this machine's clock says " + now + "; set the clock of the machine that is wrong");
        }
    }

    private static void refuseUnlessFor(X509Certificate certificate, String purpose) throws CertificateException {
        @Nullable List<String> purposes = certificate.getExtendedKeyUsage();
        if (purposes == null || !purposes.contains(purpose)) {
            throw new CertificateException("the certificate \""
                    + certificate.getSubjectX500Principal().getName() + "\" is not for a TLS "
                    + (purpose.equals(CLIENT_PURPOSE) ? "client" : "server") + " (extended key usage " + purpose
                    + " is needed, it has " + (purposes == null ? "none" : purposes) + ")");
        }
    }

    /// Built for each handshake, since the JDK's takes its date once; that costs a small part of the key
    /// exchange.
    private X509ExtendedTrustManager platform(Instant now) throws CertificateException {
        Set<TrustAnchor> valid = anchors.validAt(now).stream()
                .map(root -> new TrustAnchor(root, null))
                .collect(Collectors.toSet());
        if (valid.isEmpty()) {
            throw new CertificateException(
                    "no trusted root is valid at " + now + "; set this machine's clock, or install the new root");
        }
        try {
            var parameters = new PKIXBuilderParameters(valid, new X509CertSelector());
            parameters.setDate(Date.from(now));
            parameters.setRevocationEnabled(false);
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters));
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException e) {
            throw new CertificateException("certificates cannot be checked: " + e.getMessage(), e);
        }
    }
}
