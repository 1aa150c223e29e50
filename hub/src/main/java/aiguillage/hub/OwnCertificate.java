package aiguillage.hub;

import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.CertificateChain;
import aiguillage.pki.CertificateRequest;
import aiguillage.pki.CertificateUse;
import aiguillage.pki.Credential;
import aiguillage.pki.EcKeys;
import aiguillage.pki.tls.PartyKeyManager;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificate with which the hub proves itself: issued by its own authority, renewed at two thirds of its
/// lifetime, in use from the next handshake on.
final class OwnCertificate {

    private static final Logger LOG = LoggerFactory.getLogger(OwnCertificate.class);

    /// The kinds of subject alternative names (RFC 5280, 4.2.1.6).
    private static final int DNS_NAME = 2;

    private static final int IP_ADDRESS = 7;

    private final Path file;
    private final PartyId hub;
    private final HubConfig.Certificates settings;
    private final CertificateAuthority authority;
    private final PartyKeyManager keys;

    private OwnCertificate(
            Path file, PartyId hub, HubConfig.Certificates settings, CertificateAuthority authority, Credential first) {
        this.file = file;
        this.hub = hub;
        this.settings = settings;
        this.authority = authority;
        this.keys = new PartyKeyManager(first);
    }

    /// Reads the certificate, or has one issued: at the first start, when it is time, and when the configured names
    /// or the authority's root are others than they were. Gateways would refuse the old one.
    static OwnCertificate open(
            Path file, PartyId hub, HubConfig.Certificates settings, CertificateAuthority authority, Instant now)
            throws IOException {
        Credential credential = Files.exists(file) ? Credential.read(file, file) : null;
        String why = credential == null ? "there was none" : unfit(credential, hub, settings, authority, now);
        if (credential == null || why != null) {
            credential = issue(hub, settings, authority, now);
            credential.write(file);
            LOG.atInfo().addKeyValue("why", why).log("The hub's own certificate was issued.");
        }
        return new OwnCertificate(file, hub, settings, authority, credential);
    }

    /// Why a certificate is of no more use, or null when it is.
    private static @Nullable String unfit(
            Credential credential,
            PartyId hub,
            HubConfig.Certificates settings,
            CertificateAuthority authority,
            Instant now)
            throws IOException {
        if (!credential.party().party().equals(hub)) {
            return "it was of " + credential.party().party();
        }
        if (!leadsTo(credential.chain(), authority.chain().certificates().getLast())) {
            return "it was of another authority";
        }
        if (!named(credential.chain().leaf()).equals(named(settings.names()))) {
            return "it was for other names";
        }
        return credential.party().renewAt().isAfter(now) ? null : "it was time";
    }

    /// Each is signed by the next, and the last by the root. An issuing authority renewed below the same root leaves
    /// the certificate good.
    private static boolean leadsTo(CertificateChain chain, X509Certificate root) {
        X509Certificate below = null;
        for (X509Certificate one : chain.certificates()) {
            if (below != null && !isSigned(below, one)) {
                return false;
            }
            below = one;
        }
        return below != null && (below.equals(root) || isSigned(below, root));
    }

    private static boolean isSigned(X509Certificate below, X509Certificate by) {
        try {
            below.verify(by.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            LOG.atDebug().setCause(e).log("The hub's certificate is not of this authority.");
            return false;
        }
    }

    /// The host names and addresses in a certificate.
    private static Set<String> named(X509Certificate certificate) throws IOException {
        Collection<List<?>> names;
        try {
            names = certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException e) {
            throw new IOException("the hub's certificate cannot be read: " + e.getMessage(), e);
        }
        var named = new HashSet<String>();
        for (List<?> name : names == null ? List.<List<?>>of() : names) {
            String text = String.valueOf(name.get(1));
            switch ((Integer) name.getFirst()) {
                case DNS_NAME -> named.add(text.toLowerCase(Locale.ROOT));
                case IP_ADDRESS -> named.add(InetAddress.getByName(text).getHostAddress());
                default -> {} // the party's own name, compared before
            }
        }
        return named;
    }

    private static Set<String> named(List<String> names) throws IOException {
        var named = new HashSet<String>();
        for (String name : names) {
            named.add(isAddress(name) ? InetAddress.getByName(name).getHostAddress() : name.toLowerCase(Locale.ROOT));
        }
        return named;
    }

    PartyKeyManager keys() {
        return keys;
    }

    /// Renews the certificate when it is time; to be called every minute.
    void renewIfDue(Instant now) throws IOException {
        if (keys.current().party().renewAt().isAfter(now)) {
            return;
        }
        Credential next = issue(hub, settings, authority, now);
        next.write(file);
        keys.replace(next);
        LOG.atInfo().addKeyValue("notAfter", next.party().notAfter()).log("The hub's own certificate was renewed.");
    }

    private static Credential issue(
            PartyId hub, HubConfig.Certificates settings, CertificateAuthority authority, Instant now)
            throws IOException {
        KeyPair pair = EcKeys.generate();
        var request = CertificateRequest.create(pair, hub);
        Duration lifetime = settings.lifetime();
        return new Credential(pair.getPrivate(), authority.issue(request, hub, use(settings.names()), lifetime, now));
    }

    private static boolean isAddress(String name) {
        return name.contains(":") || name.matches("[0-9.]+");
    }

    private static CertificateUse use(List<String> names) throws IOException {
        var hosts = new ArrayList<String>();
        var addresses = new ArrayList<InetAddress>();
        for (String name : names) {
            if (isAddress(name)) {
                addresses.add(InetAddress.getByName(name));
            } else {
                hosts.add(name);
            }
        }
        return new CertificateUse.Server(hosts, addresses);
    }
}
