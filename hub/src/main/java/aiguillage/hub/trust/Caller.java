package aiguillage.hub.trust;

import aiguillage.pki.PartyCertificate;
import aiguillage.protocol.PartyId;
import java.security.cert.X509Certificate;

/// A party that was identified.
///
/// @param certificate with which the connection was opened
/// @param x509 the same, as the handshake gave it
public record Caller(PartyId party, PartyCertificate certificate, X509Certificate x509) {}
