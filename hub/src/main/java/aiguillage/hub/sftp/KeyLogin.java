package aiguillage.hub.sftp;

import aiguillage.hub.directory.Party;
import aiguillage.hub.directory.SshKey;
import aiguillage.hub.routing.Table;
import aiguillage.protocol.PartyId;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;

/// Knows parties by their SSH keys. Whether there is such a party and whether it has such a key are not to be
/// told apart, by the answer or by how long it takes: each try is compared with as many keys as a party can
/// have.
final class KeyLogin implements PublickeyAuthenticator {

    private static final AttributeKey<Known> KNOWN = new AttributeKey<>();

    /// As many as the table lets a party have.
    private static final int COMPARED = 16;

    private final Supplier<Table> table;

    KeyLogin(Supplier<Table> table) {
        this.table = table;
    }

    /// Who came by which key.
    private record Known(PartyId party, byte[] key) {}

    @Override
    public boolean authenticate(String user, PublicKey key, ServerSession session) {
        byte[] bytes = bytes(key);
        PartyId party = id(user);
        boolean isKnown = has(party, bytes);
        if (isKnown && party != null) {
            session.setAttribute(KNOWN, new Known(party, bytes));
        }
        return isKnown;
    }

    private static byte[] bytes(PublicKey key) {
        var buffer = new ByteArrayBuffer();
        buffer.putRawPublicKey(key);
        return buffer.getCompactData();
    }

    private static @Nullable PartyId id(String user) {
        try {
            return new PartyId(user);
        } catch (IllegalArgumentException nobody) {
            return null;
        }
    }

    private boolean has(@Nullable PartyId id, byte[] key) {
        Party party = id == null ? null : table.get().directory().find(id);
        SshKey[] keys = (party == null ? Set.<SshKey>of() : party.sshKeys()).toArray(SshKey[]::new);
        byte[] other = key.clone();
        other[other.length - 1] ^= 1;
        boolean isFound = false;
        for (int i = 0; i < COMPARED; i++) {
            isFound |= MessageDigest.isEqual(key, i < keys.length ? keys[i].bytes() : Arrays.copyOf(other, key.length));
        }
        return isFound;
    }

    /// The party of a session that has passed.
    static PartyId party(Session session) {
        return known(session).party;
    }

    private static Known known(Session session) {
        Known known = session.getAttribute(KNOWN);
        if (known == null) {
            throw new AssertionError("a session passed without a key");
        }
        return known;
    }

    /// Whether a session that has passed would pass no more: its party or its key has left the table.
    boolean isOver(Session session) {
        Known known = known(session);
        return !has(known.party, known.key);
    }
}
