package aiguillage.conformance.driver;

import aiguillage.config.Address;
import aiguillage.pki.TrustAnchors;
import org.jspecify.annotations.Nullable;

/// Where a hub answers.
///
/// @param main HTTPS with client certificates
/// @param sftp null: there is none
/// @param sftpHostKey the fingerprint of its host key, as in `SHA256:…`; null: any is taken
/// @param ftps null: there is none; its certificate is checked as that of `main`
/// @param anchors the roots that the hub is checked against
public record Place(
        Address main,
        @Nullable Address sftp,
        @Nullable String sftpHostKey,
        @Nullable Address ftps,
        TrustAnchors anchors) {}
