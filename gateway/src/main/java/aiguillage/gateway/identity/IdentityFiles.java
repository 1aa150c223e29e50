package aiguillage.gateway.identity;

import aiguillage.pki.DurableFile;
import aiguillage.pki.est.EnrolmentCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the identity is kept.
///
/// @param credential key and chain in one PEM file, mode 0600
/// @param root the roots the hubs are checked against, PEM
public record IdentityFiles(Path credential, Path root) {

    /// Below a gateway's data folder.
    public static IdentityFiles below(Path data) {
        Path folder = data.resolve("identity");
        return new IdentityFiles(folder.resolve("credential.pem"), folder.resolve("root.pem"));
    }

    /// The key that a certificate is being asked for, until it is there.
    Path enrolling() {
        return credential.resolveSibling("enrolling.pem");
    }

    /// Whether this code gave the credential that is here. One enrolled before codes were noted counts as given by
    /// any.
    public boolean isSpent(EnrolmentCode code) throws IOException {
        return Files.notExists(spentCode())
                || Files.readString(spentCode(), StandardCharsets.US_ASCII).equals(noted(code));
    }

    /// Notes that this code gave the credential that is here.
    void spent(EnrolmentCode code) throws IOException {
        DurableFile.write(spentCode(), noted(code).getBytes(StandardCharsets.US_ASCII));
    }

    private Path spentCode() {
        return credential.resolveSibling("code.sha256");
    }

    private static String noted(EnrolmentCode code) {
        return code.hash() + "\n";
    }

    Path previous() {
        return credential.resolveSibling("previous.pem");
    }
}
