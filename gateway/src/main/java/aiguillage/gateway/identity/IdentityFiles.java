package aiguillage.gateway.identity;

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

    Path previous() {
        return credential.resolveSibling("previous.pem");
    }
}
