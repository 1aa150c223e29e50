package aiguillage.hub.sftp;

import aiguillage.pki.DurableFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Iterator;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/// The key by which parties know the door: Ed25519, in OpenSSH's own format, so that `ssh-keygen` reads it.
final class HostKey {

    private HostKey() {}

    /// Reads it, or makes it.
    ///
    /// @throws IOException when it is damaged, or open to others on this machine
    static KeyPair open(Path file) throws IOException {
        try {
            if (!Files.exists(file)) {
                DurableFile.writeSecret(file, written(KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256)));
            }
            return read(file);
        } catch (GeneralSecurityException e) {
            throw damaged(file, e);
        }
    }

    private static byte[] written(KeyPair key) throws IOException, GeneralSecurityException {
        var out = new ByteArrayOutputStream();
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "aiguillage", null, out);
        return out.toByteArray();
    }

    private static KeyPair read(Path file) throws IOException, GeneralSecurityException {
        byte[] text = DurableFile.readSecret(file).getBytes(StandardCharsets.US_ASCII);
        Iterable<KeyPair> keys;
        try {
            keys = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName(file.toString()), new ByteArrayInputStream(text), null);
        } catch (IOException | RuntimeException e) {
            throw damaged(file, e);
        }
        Iterator<KeyPair> all = keys == null ? null : keys.iterator();
        if (all == null || !all.hasNext()) {
            throw damaged(file, new GeneralSecurityException("it holds no key"));
        }
        return all.next();
    }

    private static FileSystemException damaged(Path file, Exception why) {
        var damaged = new FileSystemException(
                file.toString(),
                null,
                "the SFTP door's host key cannot be read: " + why.getMessage()
                        + ". Put your copy of it back, or remove it: a new one is made, and every party must be told its"
                        + " fingerprint");
        damaged.initCause(why);
        return damaged;
    }
}
