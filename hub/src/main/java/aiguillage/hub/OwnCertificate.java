package aiguillage.hub;

import aiguillage.pki.CertificateAuthority;
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
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificate with which the hub proves itself: issued by its own authority, renewed at two thirds of its
/// lifetime, in use from the next handshake on.
final class OwnCertificate {

    private static final Logger LOG = LoggerFactory.getLogger(OwnCertificate.class);

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

    /// Reads the certificate, or has one issued. A hub whose names changed has a new one issued at each start.
    static OwnCertificate open(
            Path file, PartyId hub, HubConfig.Certificates settings, CertificateAuthority authority, Instant now)
            throws IOException {
        Credential credential = Files.exists(file) ? Credential.read(file, file) : null;
        if (credential == null
                || !credential.party().renewAt().isAfter(now)
                || !credential.party().party().equals(hub)) {
            credential = issue(hub, settings, authority, now);
            credential.write(file);
        }
        return new OwnCertificate(file, hub, settings, authority, credential);
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

    private static CertificateUse use(List<String> names) throws IOException {
        var hosts = new ArrayList<String>();
        var addresses = new ArrayList<InetAddress>();
        for (String name : names) {
            if (name.contains(":") || name.matches("[0-9.]+")) {
                addresses.add(InetAddress.getByName(name));
            } else {
                hosts.add(name);
            }
        }
        return new CertificateUse.Server(hosts, addresses);
    }
}
