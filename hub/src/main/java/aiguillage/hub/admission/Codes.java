package aiguillage.hub.admission;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.hub.yard.CodeRow;
import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The enrolment codes that still let somebody in, by party: the store knows them by their hashes. Safe from
/// any thread.
public final class Codes {

    /// Behind the hash of every code.
    private static final byte[] BEHIND_CODES = new byte[Digest.BYTES + 1];

    static {
        Arrays.fill(BEHIND_CODES, (byte) 0xff);
    }

    private final Map<PartyId, List<Code>> codes = new ConcurrentHashMap<>();

    /// One code.
    ///
    /// @param isUsed it still gives a certificate to the key it was used for
    public record Code(Digest hash, Instant expires, boolean isUsed) {}

    /// Reads the codes that hold now.
    public Codes(Store store, Instant now) {
        try (Store.Scan scan = store.scan(Table.CODES, new byte[0], BEHIND_CODES)) {
            while (scan.next()) {
                CodeRow row = CodeRow.decode(scan.value());
                if (row.state() != CodeRow.State.VOID && row.expires().isAfter(now)) {
                    boolean isUsed = row.state() == CodeRow.State.USED;
                    add(row.party(), new Code(new Digest(scan.key()), row.expires(), isUsed), now);
                }
            }
        }
    }

    /// Tells of a recorded entry.
    public void recorded(Entry entry) {
        if (entry instanceof Entry.EnrolmentCodeIssued e) {
            add(e.party(), new Code(e.code(), e.expires(), false), e.time());
        } else if (entry instanceof Entry.EnrolmentCodeVoided e) {
            codes.computeIfPresent(e.party(), (_, known) -> without(known, e.code()));
        } else if (entry instanceof Entry.CertificateIssued e) {
            Digest used = e.code();
            if (used != null) {
                codes.computeIfPresent(e.party(), (_, known) -> used(known, used));
            }
        }
    }

    /// @param now those that expired by then are forgotten
    private void add(PartyId party, Code code, Instant now) {
        codes.merge(
                party,
                List.of(code),
                (known, one) -> Stream.concat(known.stream(), one.stream())
                        .filter(any -> any.expires.isAfter(now))
                        .toList());
    }

    private static List<Code> without(List<Code> known, Digest code) {
        return known.stream().filter(one -> !one.hash.equals(code)).toList();
    }

    private static List<Code> used(List<Code> known, Digest code) {
        return known.stream()
                .map(one -> one.hash.equals(code) ? new Code(one.hash, one.expires, true) : one)
                .toList();
    }

    /// Those of a party that are neither void nor past their time.
    public List<Code> of(PartyId party, Instant now) {
        return codes.getOrDefault(party, List.of()).stream()
                .filter(one -> one.expires.isAfter(now))
                .toList();
    }
}
