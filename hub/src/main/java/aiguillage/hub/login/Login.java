package aiguillage.hub.login;

import aiguillage.hub.directory.PasswordHash;
import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;

/// A party that came in, and by what: when that counts no more its connection is over.
public sealed interface Login {

    PartyId party();

    /// By an SSH key.
    ///
    /// @param wire hash of the key's bytes as SSH has them (RFC 4253, 6.6)
    /// @param spki hash of the same key's SubjectPublicKeyInfo
    record ByKey(PartyId party, Digest wire, Digest spki) implements Login {}

    /// By the password that this is of.
    record ByPassword(PartyId party, PasswordHash password) implements Login {}
}
