package aiguillage.pki;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.EnumSet;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/// A private key in a file: PKCS#8 PEM, mode 0600, optionally under a passphrase. A key file that anybody else
/// on the machine can read is not used.
///
/// Under a passphrase: PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC, which `openssl pkey` reads.
public final class KeyFile {

    public static final int FILE_BYTES_MAX = 64 * 1024;

    /// OWASP's figure for PBKDF2-HMAC-SHA-256: about a third of a second per guess on a small machine.
    private static final int PASSPHRASE_ROUNDS = 600_000;

    private static final ASN1ObjectIdentifier CIPHER = PKCS8Generator.AES_256_CBC;
    private static final AlgorithmIdentifier HASH =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    private KeyFile() {}

    /// Makes a new P-256 key pair and writes its private half, replacing what was there.
    public static KeyPair create(Path file) throws IOException {
        KeyPair pair = EcKeys.generate();
        write(file, pair.getPrivate());
        return pair;
    }

    /// Writes a key without a passphrase, replacing what was there.
    public static void write(Path file, PrivateKey key) throws IOException {
        write(file, key, null);
    }

    /// Writes a key, replacing what was there.
    ///
    /// @param passphrase encrypts the file; null leaves it in clear
    public static void write(Path file, PrivateKey key, char @Nullable [] passphrase) throws IOException {
        DurableFile.writeSecret(file, text(key, passphrase).getBytes(StandardCharsets.US_ASCII));
    }

    static String text(PrivateKey key, char @Nullable [] passphrase) throws IOException {
        var text = new StringWriter();
        try (var pem = new JcaPEMWriter(text)) {
            pem.writeObject(new JcaPKCS8Generator(key, passphrase == null ? null : encryptor(passphrase)));
        }
        return text.toString();
    }

    /// Reads a key that has no passphrase.
    public static PrivateKey read(Path file) throws IOException {
        return read(file, null);
    }

    /// Reads a key: PKCS#8, or the older `EC PRIVATE KEY` and `RSA PRIVATE KEY`.
    ///
    /// @throws IOException when the file cannot be read, is readable by others, or holds no usable key; the
    ///     message says what to do
    public static PrivateKey read(Path file, char @Nullable [] passphrase) throws IOException {
        refuseReadableByOthers(file);
        if (Files.size(file) > FILE_BYTES_MAX) {
            throw new IOException(file + " has more than " + FILE_BYTES_MAX + " bytes; that is no private key");
        }
        try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.US_ASCII);
                var pem = new PEMParser(text)) {
            for (Object block = pem.readObject(); block != null; block = pem.readObject()) {
                switch (block) {
                    case PrivateKeyInfo info -> {
                        return new JcaPEMKeyConverter().getPrivateKey(info);
                    }
                    case PEMKeyPair older -> {
                        return new JcaPEMKeyConverter().getPrivateKey(older.getPrivateKeyInfo());
                    }
                    case PKCS8EncryptedPrivateKeyInfo encrypted -> {
                        return new JcaPEMKeyConverter().getPrivateKey(decrypted(file, encrypted, passphrase));
                    }
                    default -> {
                        // `openssl ecparam` writes a block EC PARAMETERS first; certificates may stand here too.
                    }
                }
            }
        } catch (PEMException e) {
            throw new IOException(file + " is not a readable PEM private key: " + e.getMessage(), e);
        }
        throw new IOException(file + " holds no private key; a block BEGIN PRIVATE KEY (PKCS#8 PEM) was expected");
    }

    private static void refuseReadableByOthers(Path file) throws IOException {
        if (!DurableFile.hasPermissions(file)) {
            return;
        }
        Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        String mode = PosixFilePermissions.toString(others);
        others.removeAll(OWNERS);
        if (!others.isEmpty()) {
            throw new IOException("private key " + file + " is open to others on this machine (" + mode
                    + "), so it is not used. If nobody read it, run: chmod 600 " + file
                    + " ; otherwise revoke its certificate and enrol again");
        }
    }

    private static PrivateKeyInfo decrypted(
            Path file, PKCS8EncryptedPrivateKeyInfo encrypted, char @Nullable [] passphrase) throws IOException {
        if (passphrase == null) {
            throw new IOException(file + " is under a passphrase, and none was given");
        }
        try {
            return encrypted.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(new BouncyCastleProvider())
                    .build(passphrase));
        } catch (OperatorCreationException | PKCSException e) {
            throw new IOException("the passphrase does not open " + file, e);
        }
    }

    private static OutputEncryptor encryptor(char[] passphrase) throws IOException {
        try {
            // The JDK's names for PBES2 differ from the standard's; Bouncy Castle's provider, not registered, has
            // them.
            return new JceOpenSSLPKCS8EncryptorBuilder(CIPHER)
                    .setProvider(new BouncyCastleProvider())
                    .setPRF(HASH)
                    .setIterationCount(PASSPHRASE_ROUNDS)
                    .setPassword(passphrase)
                    .build();
        } catch (OperatorCreationException e) {
            throw new IOException("the key could not be put under a passphrase: " + e.getMessage(), e);
        }
    }
}
