package aiguillage.conformance.ground;

import aiguillage.conformance.driver.Identity;
import aiguillage.pki.CertificateChain;
import aiguillage.pki.Credential;
import aiguillage.pki.DurableFile;
import aiguillage.pki.TrustAnchors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.jspecify.annotations.Nullable;

/// A folder with what parties prove themselves by, in files that other programs read too:
///
/// ```
/// root.pem         the roots that the hub is checked against
/// dealer-a.pem     key and certificates of a party, as in PKCS#8 and PEM
/// dealer-a.ssh     its SSH key, in OpenSSH's form; where there is an SFTP door
/// dealer-a.ssh.pub
/// ```
public record IdentityFolder(Path folder) {

    /// Writes one party's files, keys of mode 0600; replaces what was there.
    public void write(Identity identity) throws IOException {
        Files.createDirectories(folder);
        if (identity.credential() != null) {
            identity.credential().write(folder.resolve(identity.party() + ".pem"));
        }
        KeyPair ssh = identity.sshKey();
        if (ssh != null) {
            var secret = new ByteArrayOutputStream();
            try {
                OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(ssh, identity.party(), null, secret);
            } catch (GeneralSecurityException e) {
                throw new IOException("the SSH key of " + identity.party() + " could not be written", e);
            }
            DurableFile.writeSecret(folder.resolve(identity.party() + ".ssh"), secret.toByteArray());
            String text = PublicKeyEntry.toString(ssh.getPublic()) + "\n";
            Files.write(folder.resolve(identity.party() + ".ssh.pub"), text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /// Writes the roots that the hub is checked against.
    public void writeRoots(TrustAnchors anchors) throws IOException {
        Files.createDirectories(folder);
        new CertificateChain(List.copyOf(anchors.roots())).write(folder.resolve("root.pem"));
    }

    /// The roots that the hub is checked against.
    public TrustAnchors roots() throws IOException {
        return TrustAnchors.read(folder.resolve("root.pem"));
    }

    /// The parties of the kit's table of which something is here, by name.
    public Map<String, Identity> read() throws IOException {
        Map<String, Identity> identities = new LinkedHashMap<>();
        for (String party : Table.names()) {
            Path pem = folder.resolve(party + ".pem");
            if (Files.exists(pem)) {
                identities.put(party, new Identity(party, Credential.read(pem, pem), ssh(party)));
            }
        }
        return identities;
    }

    private @Nullable KeyPair ssh(String party) throws IOException {
        Path file = folder.resolve(party + ".ssh");
        if (!Files.exists(file)) {
            return null;
        }
        for (KeyPair pair : new FileKeyPairProvider(file).loadKeys(null)) {
            return pair;
        }
        throw new IOException(file + " holds no SSH key");
    }
}
