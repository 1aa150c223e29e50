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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// What the certificates that this hub issued say of their parties, for doors where no certificate is shown: by
/// which keys a party is known, and whether it is shut out. Safe from any thread.
public final class Enrolled {

    /// Certificates of one party that are remembered, those that hold longest.
    private static final int KEYS_MAX = 16;

    private final Store store;
    private final Suspended suspended;
    private final Map<PartyId, Standing> parties = new ConcurrentHashMap<>();

    /// @param wasRevoked whether any of its certificates is
    /// @param keys of those that are not
    private record Standing(boolean wasRevoked, List<Key> keys) {

        private static final Standing NONE = new Standing(false, List.of());

        Standing and(Key key) {
            List<Key> all = Stream.concat(keys.stream(), Stream.of(key))
                    .sorted(Comparator.comparing(Key::notAfter).reversed())
                    .limit(KEYS_MAX)
                    .toList();
            return new Standing(wasRevoked, all);
        }

        Standing without(String serial) {
            return new Standing(
                    true,
                    keys.stream().filter(key -> !key.serial.equals(serial)).toList());
        }

        boolean hasGood(Instant now) {
            return keys.stream().anyMatch(key -> key.notAfter.isAfter(now));
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
    public Enrolled(Store store, Suspended suspended) {
        this.store = store;
        this.suspended = suspended;
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
            return row.revoked() ? new Standing(true, standing.keys) : standing.and(new Key(serial, row));
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

    /// A certificate that was not revoked.
    ///
    /// @param serial lower-case hex
    public record Known(String serial, Instant notAfter) {}

    /// A party's certificates that are not revoked, those that hold longest first; whether they still hold or
    /// not.
    public List<Known> certificates(PartyId party) {
        return parties.getOrDefault(party, Standing.NONE).keys.stream()
                .map(key -> new Known(key.serial, key.notAfter))
                .toList();
    }

    /// Whether whatever else the party is known by counts no more: it is suspended; or a certificate of it was
    /// revoked, and none is left that holds, until it has a new one.
    public boolean isShutOut(PartyId party, Instant now) {
        Standing standing = parties.get(party);
        return suspended.contains(party) || (standing != null && standing.wasRevoked && !standing.hasGood(now));
    }

    public boolean isSuspended(PartyId party) {
        return suspended.contains(party);
    }

    /// When the last certificate that this hub gave a party ended or ends, revoked ones aside; empty when it gave none.
    public Optional<Instant> lastEnd(PartyId party) {
        return parties.getOrDefault(party, Standing.NONE).keys.stream()
                .map(Key::notAfter)
                .max(Comparator.naturalOrder());
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
