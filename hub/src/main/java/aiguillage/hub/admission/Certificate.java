package aiguillage.hub.admission;

import aiguillage.hub.yard.CertificateRow;

/// A certificate that this hub issued, or was told to revoke.
///
/// @param serial lower-case hex
public record Certificate(String serial, CertificateRow row) {}
