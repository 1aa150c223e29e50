package aiguillage.conformance.report;

import aiguillage.pki.CertificateChain;
import aiguillage.pki.Credential;
import aiguillage.pki.EcKeys;
import aiguillage.pki.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import org.jspecify.annotations.Nullable;

/// With what a report is signed.
///
/// @param pair EC P-256
/// @param chain of the party to whom the key belongs; null: the key is the kit's own
public record Signer(KeyPair pair, @Nullable CertificateChain chain) {

    /// A party, by its key and certificate in one PEM file.
    public static Signer party(Path file) throws IOException {
        Credential credential = Credential.read(file, file);
        return new Signer(new KeyPair(credential.chain().leaf().getPublicKey(), credential.key()), credential.chain());
    }

    /// The kit's own key, in a file that is made when it is not there (mode 0600): the reports of one machine
    /// are of one key.
    public static Signer kit(Path file) throws IOException {
        KeyPair pair = Files.exists(file) ? EcKeys.pairOf(KeyFile.read(file)) : KeyFile.create(file);
        return new Signer(pair, null);
    }

    /// No key is told.
    @Override
    public String toString() {
        return "Signer " + (chain == null ? "of the kit" : chain.leaf().getSubjectX500Principal());
    }
}
