package aiguillage.pki.revocation;

import java.time.Instant;

/// What is known of one certificate.
public sealed interface CertificateStatus {

    /// The list does not name it, and the list is young enough to be believed.
    record Good() implements CertificateStatus {}

    /// The list names it.
    ///
    /// @param reason RFC 5280's word, as in `KEY_COMPROMISE`
    record Revoked(Instant since, String reason) implements CertificateStatus {}

    /// Neither revoked nor fine: nobody can say now.
    ///
    /// @param why a sentence for the operator
    record Unknown(String why) implements CertificateStatus {}
}
