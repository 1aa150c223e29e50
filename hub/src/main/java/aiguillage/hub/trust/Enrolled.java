package aiguillage.hub.trust;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.hub.yard.CertificateRow;
import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What the certificates that this hub issued say of their parties, for doors where no certificate is shown: by
/// which keys a party is known, and whether it was revoked. Safe from any thread.
public final class Enrolled {

    /// The keys of one party that are known, the newest; each is that of a certificate.
    private static final int KEYS_MAX = 16;

    private final Store store;
    private final Map<PartyId, Standing> parties = new ConcurrentHashMap<>();

    /// @param good how many of its certificates are not revoked, expired or not
    /// @param wasRevoked whether any is
    /// @param keys of those that are not
    private record Standing(int good, boolean wasRevoked, List<Key> keys) {

        private static final Standing NONE = new Standing(0, false, List.of());

        Standing and(Key key) {
            var all = new ArrayList<>(keys);
            all.add(key);
            return new Standing(good + 1, wasRevoked, newest(all));
        }

        private static List<Key> newest(List<Key> all) {
            return List.copyOf(all.subList(Math.max(0, all.size() - KEYS_MAX), all.size()));
        }

        Standing without(String serial) {
            return new Standing(
                    Math.max(0, good - 1),
                    true,
                    keys.stream().filter(key -> !key.serial.equals(serial)).toList());
        }
    }

    /// @param hash empty when it was not kept
    private record Key(String serial, byte[] hash, Instant notAfter) {

        Key(String serial, CertificateRow row) {
            Digest of = row.key();
            this(serial, of == null ? new byte[0] : of.bytes(), row.notAfter());
        }
    }

    /// Reads what was issued and revoked by now.
    public Enrolled(Store store) {
        this.store = store;
        try (Store.Scan scan = store.scan(Table.CERTIFICATES, new byte[] {0}, new byte[] {(byte) 0xff})) {
            while (scan.next()) {
                String serial = new String(scan.key(), StandardCharsets.US_ASCII);
                apply(serial, CertificateRow.decode(scan.value()));
            }
        }
    }

    private void apply(String serial, CertificateRow row) {
        PartyId party = row.party();
        if (party == null) {
            return;
        }
        parties.compute(party, (_, known) -> {
            Standing standing = known == null ? Standing.NONE : known;
            return row.revoked()
                    ? new Standing(standing.good, true, standing.keys)
                    : standing.and(new Key(serial, row));
        });
    }

    /// Tells of a recorded entry.
    public void recorded(Entry entry) {
        if (entry instanceof Entry.CertificateIssued e) {
            apply(e.serial(), new CertificateRow(e.party(), e.notAfter(), false, e.key()));
        } else if (entry instanceof Entry.CertificateRevoked e) {
            byte[] row = store.get(Table.CERTIFICATES, e.serial().getBytes(StandardCharsets.US_ASCII));
            PartyId party = row == null ? null : CertificateRow.decode(row).party();
            if (party != null) {
                parties.computeIfPresent(party, (_, known) -> known.without(e.serial()));
            }
        }
    }

    /// Whether all certificates that the party ever had here are revoked (it had one): whatever else it is
    /// known by counts no more, until it has a new one.
    public boolean isRevoked(PartyId party) {
        Standing standing = parties.get(party);
        return standing != null && standing.good == 0 && standing.wasRevoked;
    }

    /// Whether a key is that of a certificate of the party, neither revoked nor past its end.
    ///
    /// @param hash of its SubjectPublicKeyInfo
    public boolean hasKey(PartyId party, Digest hash, Instant now) {
        Standing standing = parties.getOrDefault(party, Standing.NONE);
        boolean isFound = false;
        for (Key key : standing.keys) {
            boolean isSame = MessageDigest.isEqual(key.hash, hash.bytes());
            isFound = isFound || (isSame && key.notAfter.isAfter(now));
        }
        return isFound;
    }
}
