package aiguillage.hub.as4;

import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.CertificatePem;
import aiguillage.pki.DurableFile;
import aiguillage.pki.PartyCertificate;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The hub's own keys for messages: one to sign with for each [Suite], RSA's to be sent encrypted messages too,
/// and one each for X25519 and for ECDH on P-256. Safe from any thread.
///
/// Certificates are of the hub's own authority and hold for 825 days; they are renewed at two thirds of that,
/// for the same keys, so what was encrypted to an earlier one can still be opened.
public final class As4Keys {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN (PRIVATE KEY|CERTIFICATE)-----\\s([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});
    private static final int RSA_BITS = 3_072;

    private enum Kind {
        ED25519("Ed25519", "Ed25519: signs, eDelivery AS4 2.0"),
        X25519("X25519", "X25519: encrypt to it, eDelivery AS4 2.0"),
        RSA("RSA", "RSA: signs, and encrypt to it, eDelivery AS4 1.15"),
        EC("EC", "P-256: signs"),
        ECDH("EC", "P-256: encrypt to it by ECDH, eDelivery AS4 2.0 with alternative elliptic curves");

        private final String algorithm;
        private final String text;

        Kind(String algorithm, String text) {
            this.algorithm = algorithm;
            this.text = text;
        }
    }

    /// A key with its certificate.
    record Held(PrivateKey key, X509Certificate certificate) {}

    private final Path file;
    private final PartyId hub;
    private final CertificateAuthority authority;
    private volatile Map<Kind, Held> held;

    private As4Keys(Path file, PartyId hub, CertificateAuthority authority, Map<Kind, Held> held) {
        this.file = file;
        this.hub = hub;
        this.authority = authority;
        this.held = held;
    }

    /// Reads the keys, or makes them, and renews certificates that are due.
    ///
    /// @throws IOException when the file cannot be used
    public static As4Keys open(Path file, PartyId hub, CertificateAuthority authority, Instant now) throws IOException {
        if (!Files.exists(file)) {
            Map<Kind, Held> made = new EnumMap<>(Kind.class);
            for (Kind kind : Kind.values()) {
                made.put(kind, made(kind, authority, hub, now));
            }
            var keys = new As4Keys(file, hub, authority, made);
            keys.write();
            return keys;
        }
        Map<Kind, Held> held = read(file);
        boolean isWhole = held.containsKey(Kind.ECDH);
        if (!isWhole) {
            held.put(Kind.ECDH, made(Kind.ECDH, authority, hub, now));
        }
        var keys = new As4Keys(file, hub, authority, held);
        if (!isWhole) {
            keys.write();
        }
        keys.renewIfDue(now);
        return keys;
    }

    private static Held made(Kind kind, CertificateAuthority authority, PartyId hub, Instant now) {
        KeyPair pair = generated(kind);
        return new Held(pair.getPrivate(), issued(authority, pair.getPublic(), hub, now));
    }

    private static KeyPair generated(Kind kind) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.algorithm);
            switch (kind) {
                case RSA -> generator.initialize(RSA_BITS);
                case EC, ECDH -> generator.initialize(new ECGenParameterSpec("secp256r1"));
                case ED25519, X25519 -> {} // one size
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK makes " + kind.algorithm + " keys", e);
        }
    }

    private static X509Certificate issued(CertificateAuthority authority, PublicKey key, PartyId hub, Instant now) {
        return authority
                .issueForMessages(key, hub, CertificateAuthority.LIFETIME_MAX, now)
                .leaf();
    }

    /// What a file of a hub that knew no ECDH yet lacks is left out.
    private static Map<Kind, Held> read(Path file) throws IOException {
        Matcher blocks = BLOCK.matcher(DurableFile.readSecret(file));
        List<byte[]> ders = new ArrayList<>();
        while (blocks.find()) {
            ders.add(Base64.getMimeDecoder().decode(blocks.group(2)));
        }
        Kind[] kinds = Kind.values();
        int known = ders.size() == 2 * (kinds.length - 1) ? kinds.length - 1 : kinds.length;
        if (ders.size() != 2 * known) {
            throw damaged(file, "it holds " + ders.size() + " keys and certificates, not " + 2 * kinds.length);
        }
        Map<Kind, Held> held = new EnumMap<>(Kind.class);
        for (int i = 0; i < known; i++) {
            Kind kind = kinds[i];
            try {
                PrivateKey key = KeyFactory.getInstance(kind.algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(ders.get(2 * i)));
                X509Certificate certificate =
                        CertificatePem.parse(ders.get(2 * i + 1)).getFirst();
                held.put(kind, new Held(key, certificate));
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                throw damaged(file, "its key of " + kind.algorithm + " cannot be read");
            }
        }
        return held;
    }

    private static FileSystemException damaged(Path file, String why) {
        return new FileSystemException(
                file.toString(),
                null,
                why + ". Put your copy of it back; without one, move it away: new keys are made, and every AS4 party"
                        + " must be told their certificates");
    }

    private void write() throws IOException {
        var text = new StringBuilder();
        held.forEach((kind, one) -> text.append("-----BEGIN PRIVATE KEY-----\n")
                .append(LINES.encodeToString(one.key().getEncoded()))
                .append("\n-----END PRIVATE KEY-----\n")
                .append(CertificatePem.text(List.of(one.certificate()))));
        DurableFile.writeSecret(file, text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /// Renews the certificates when it is time; to be called every day.
    ///
    /// @throws IOException when the file cannot be written; the old ones go on
    public void renewIfDue(Instant now) throws IOException {
        Map<Kind, Held> before = held;
        Map<Kind, Held> next = new EnumMap<>(Kind.class);
        before.forEach((kind, one) -> {
            boolean isDue = !PartyCertificate.of(one.certificate()).renewAt().isAfter(now);
            next.put(
                    kind,
                    isDue
                            ? new Held(
                                    one.key(),
                                    issued(authority, one.certificate().getPublicKey(), hub, now))
                            : one);
        });
        if (!next.equals(before)) {
            held = next;
            write();
        }
    }

    Held signing(Suite suite) {
        return held(
                switch (suite) {
                    case ED25519 -> Kind.ED25519;
                    case RSA -> Kind.RSA;
                    case EC -> Kind.EC;
                });
    }

    PrivateKey rsa() {
        return held(Kind.RSA).key();
    }

    PrivateKey agreement() {
        return held(Kind.X25519).key();
    }

    PrivateKey ecdh() {
        return held(Kind.ECDH).key();
    }

    private Held held(Kind kind) {
        Held found = held.get(kind);
        if (found == null) {
            throw new AssertionError("the AS4 door has no key of " + kind.algorithm);
        }
        return found;
    }

    /// The certificates as PEM, each behind a line that says what it is for, and the issuing authority's last.
    public String certificates() {
        var text = new StringBuilder();
        held.forEach((kind, one) ->
                text.append(kind.text).append('\n').append(CertificatePem.text(List.of(one.certificate()))));
        return text.append("The authority that issued them\n")
                .append(CertificatePem.text(List.of(authority.certificate())))
                .toString();
    }
}
