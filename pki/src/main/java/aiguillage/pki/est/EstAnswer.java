package aiguillage.pki.est;

import aiguillage.pki.CertificateChain;
import java.time.Duration;

/// How an EST server answers an enrolment.
public sealed interface EstAnswer {

    /// Here is the certificate, then what is above it below the root.
    record Issued(CertificateChain chain) implements EstAnswer {}

    /// Not yet (202): somebody decides by hand, or the server is busy (429, 503). Ask again after this time.
    record Later(int status, Duration after) implements EstAnswer {}

    /// No; asking again changes nothing.
    ///
    /// @param detail what the server says, as plain text; at most [EstClient#DETAIL_CHARS_MAX] characters
    record Refused(int status, String detail) implements EstAnswer {}
}
