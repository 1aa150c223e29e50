package aiguillage.hub.admission;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.journal.Applied;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Table;
import aiguillage.hub.store.Store;
import aiguillage.hub.trust.Enrolled;
import aiguillage.hub.trust.Revoked;
import aiguillage.hub.trust.Suspended;
import aiguillage.hub.yard.CertificateRow;
import aiguillage.hub.yard.Outcome;
import aiguillage.hub.yard.SuspensionRow;
import aiguillage.pki.est.EnrolmentCode;
import aiguillage.protocol.PartyId;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets parties in and shuts them out. Safe from any thread; what changes something waits for the disk.
public final class Admission {

    /// How long an enrolment code holds, unless said otherwise.
    public static final Duration CODE_HOLDS_DEFAULT = Duration.ofDays(3);

    public static final long CODE_HOURS_MAX = 24 * 30;
    public static final int REASON_CHARS_MAX = Entry.PartySuspended.REASON_CHARS_MAX;

    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    /// 20 octets (RFC 5280, 4.1.2.2).
    private static final Pattern SERIAL = Pattern.compile("[0-9A-Fa-f]{1,40}");

    /// Far fewer than the journal lets one party have waiting.
    private static final int TOGETHER = 256;

    private final PartyId hub;
    private final Supplier<Table> table;
    private final Store store;
    private final Journal journal;
    private final Codes codes;
    private final Enrolled enrolled;
    private final Suspended suspended;
    private final SecureRandom random;
    private final InstantSource clock;

    /// @param hub the hub's own name, under which nobody is let in
    public Admission(
            PartyId hub,
            Supplier<Table> table,
            Store store,
            Journal journal,
            Codes codes,
            Enrolled enrolled,
            Suspended suspended,
            SecureRandom random,
            InstantSource clock) {
        this.hub = hub;
        this.table = table;
        this.store = store;
        this.journal = journal;
        this.codes = codes;
        this.enrolled = enrolled;
        this.suspended = suspended;
        this.random = random;
        this.clock = clock;
    }

    /// A party of the routing table.
    ///
    /// @throws Refused when there is none of this name
    public PartyId party(String name) {
        try {
            PartyId party = new PartyId(name);
            if (table.get().party(party).isPresent()) {
                return party;
            }
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.BAD_REQUEST, e.getMessage() + ".");
        }
        throw new Refused(Problem.NOT_FOUND, "No party " + name + " is in the routing table; apply one with it first.");
    }

    /// A new code for a party.
    ///
    /// @param hours how long it holds
    /// @throws Refused as [#requireInvitable] does
    public Invitation invite(PartyId party, long hours) {
        return invite(List.of(party), hours).getFirst();
    }

    /// A new code for each of these parties, in their order.
    ///
    /// @throws Refused as [#requireInvitable] does; then none of them has a code
    public List<Invitation> invite(List<PartyId> parties, long hours) {
        requireInvitable(parties, hours);
        Instant expires = now().plus(Duration.ofHours(hours));
        List<Invitation> made = parties.stream()
                .map(party -> new Invitation(party, EnrolmentCode.random(random), expires))
                .toList();
        append(made.stream()
                .map(one -> new Entry.EnrolmentCodeIssued(
                        now(), one.party(), one.code().hash(), expires))
                .toList());
        return made;
    }

    /// Proves that each of these parties may have a code.
    ///
    /// @throws Refused when one is not in the routing table or is the hub itself, or the hours are out of bounds
    public void requireInvitable(List<PartyId> parties, long hours) {
        if (hours < 1 || hours > CODE_HOURS_MAX) {
            throw new Refused(Problem.BAD_REQUEST, "A code holds from 1 to " + CODE_HOURS_MAX + " hours.");
        }
        for (PartyId party : parties) {
            party(party.value());
            if (party.equals(hub)) {
                throw new Refused(
                        Problem.BAD_REQUEST,
                        party + " is this hub itself, which lets nobody in under its own name. Choose another party.");
            }
        }
    }

    /// Codes of a party that still let somebody in.
    public List<Codes.Code> codes(PartyId party) {
        return codes.of(party, clock.instant());
    }

    /// Voids all codes of a party; used ones too, since a used code still gives a certificate to the key it was
    /// used for.
    ///
    /// @return how many there were
    public int voidCodes(PartyId party, String reason) {
        requireShort(reason);
        List<Codes.Code> known = codes(party);
        append(known.stream()
                .map(code -> new Entry.EnrolmentCodeVoided(now(), party, code.hash(), reason))
                .toList());
        if (!known.isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("party", party)
                    .addKeyValue("codes", known.size())
                    .log("Enrolment codes are void from now on.");
        }
        return known.size();
    }

    /// What was issued and revoked, by serial; reads all there is.
    ///
    /// @param party null: of all
    public List<Certificate> certificates(@Nullable PartyId party) {
        var found = new ArrayList<Certificate>();
        try (Store.Scan scan =
                store.scan(aiguillage.hub.store.Table.CERTIFICATES, new byte[] {0}, new byte[] {(byte) 0xff})) {
            while (scan.next()) {
                CertificateRow row = CertificateRow.decode(scan.value());
                if (party == null || party.equals(row.party())) {
                    found.add(new Certificate(new String(scan.key(), StandardCharsets.US_ASCII), row));
                }
            }
        }
        return found;
    }

    /// Whose certificate this is; empty when this hub did not issue it.
    ///
    /// @throws Refused when it cannot be a serial
    public Optional<PartyId> holder(String serial) {
        byte[] key = text(serial).getBytes(StandardCharsets.US_ASCII);
        byte[] row = store.get(aiguillage.hub.store.Table.CERTIFICATES, key);
        return row == null
                ? Optional.empty()
                : Optional.ofNullable(CertificateRow.decode(row).party());
    }

    /// A party's certificates that are looked at most, without reading the store: of those not revoked the ones
    /// that hold longest.
    public List<Enrolled.Known> newest(PartyId party) {
        return enrolled.certificates(party);
    }

    /// Revokes one certificate.
    ///
    /// @param serial in hexadecimal; colons do no harm
    /// @return its serial when it was revoked by this; nothing when it was already
    public List<String> revoke(String serial, String reason) {
        requireShort(reason);
        return revoke(List.of(text(serial)), reason);
    }

    /// Takes from a party all that it could still prove itself with. Its codes are void before its certificates
    /// are looked for: one that a code has given in between is among them. A renewal under way may give one more
    /// while the others are revoked, so this looks again until nothing is left.
    ///
    /// @return the serials of the certificates revoked by this
    /// @throws Refused when the hub never gave it anything
    public List<String> revokeAll(PartyId party, String reason) {
        requireRevocable(party, reason);
        voidCodes(party, reason);
        var revoked = new ArrayList<String>();
        List<String> holding = holding(certificates(party));
        while (!holding.isEmpty()) {
            revoked.addAll(revoke(holding, reason));
            holding = holding(certificates(party));
        }
        return revoked;
    }

    /// Proves that all of a party can be revoked.
    ///
    /// @throws Refused as [#revokeAll] does
    public void requireRevocable(PartyId party, String reason) {
        requireShort(reason);
        if (codes(party).isEmpty() && certificates(party).isEmpty()) {
            throw new Refused(
                    Problem.NOT_FOUND,
                    "Nothing was revoked: this hub never issued a certificate or a code to " + party
                            + ". A certificate of a corporate authority is revoked by that authority, on its list; to"
                            + " shut the party out here, suspend it.");
        }
    }

    /// Proves that this can be a serial to revoke, and a reason for it.
    ///
    /// @throws Refused when it cannot
    public void requireRevocable(String serial, String reason) {
        requireShort(reason);
        text(serial);
    }

    /// Ends, since each round takes the certificates with which the next ones could be asked for.
    private static List<String> holding(List<Certificate> issued) {
        return issued.stream()
                .filter(one -> !one.row().revoked())
                .map(Certificate::serial)
                .toList();
    }

    private List<String> revoke(List<String> serials, String reason) {
        List<Applied> applied = append(serials.stream()
                .map(serial -> new Entry.CertificateRevoked(now(), serial, reason))
                .toList());
        var revoked = new ArrayList<String>();
        for (int i = 0; i < serials.size(); i++) {
            if (applied.get(i).outcome() instanceof Outcome.Recorded) {
                revoked.add(serials.get(i));
            }
        }
        return revoked;
    }

    private static String text(String hex) {
        String digits = hex.replace(":", "");
        if (!SERIAL.matcher(digits).matches()) {
            throw new Refused(Problem.BAD_REQUEST, "A serial is written in hexadecimal, with at most 40 digits.");
        }
        return Revoked.text(new BigInteger(digits, 16));
    }

    /// Has a party refused at every door; its open connections end within a second. What is for it goes on
    /// waiting.
    ///
    /// @param by as entries say who did it
    /// @return whether that changed something: it was not suspended before
    public boolean suspend(PartyId party, String reason, String by) {
        requireShort(reason);
        boolean isNew = append(new Entry.PartySuspended(now(), party, reason, by));
        if (isNew) {
            LOG.atInfo().addKeyValue("party", party).log("A party is suspended from now on.");
        }
        return isNew;
    }

    /// Lets a party in again that was suspended.
    ///
    /// @return whether that changed something
    public boolean resume(PartyId party, String reason, String by) {
        requireShort(reason);
        boolean isNew = append(new Entry.PartyResumed(now(), party, reason, by));
        if (isNew) {
            LOG.atInfo().addKeyValue("party", party).log("A party is let in again.");
        }
        return isNew;
    }

    /// Since when a party is suspended, why and by whom; empty when it is not.
    public Optional<SuspensionRow> suspension(PartyId party) {
        return suspended.find(party);
    }

    /// Whether nothing that a party is known by lets it in any more, until it enrols anew: it is suspended, or its
    /// certificates were revoked.
    public boolean isShutOut(PartyId party) {
        return enrolled.isShutOut(party, clock.instant());
    }

    /// @throws Refused when a reason is too long for an entry
    public static void requireShort(String reason) {
        if (reason.length() > REASON_CHARS_MAX) {
            throw new Refused(Problem.BAD_REQUEST, "A reason has at most " + REASON_CHARS_MAX + " characters.");
        }
    }

    private boolean append(Entry entry) {
        return Journal.await(journal.append(entry)).outcome() instanceof Outcome.Recorded;
    }

    private List<Applied> append(List<? extends Entry> entries) {
        var applied = new ArrayList<Applied>();
        for (int from = 0; from < entries.size(); from += TOGETHER) {
            List<CompletableFuture<Applied>> waiting =
                    entries.subList(from, Math.min(entries.size(), from + TOGETHER)).stream()
                            .map(journal::append)
                            .toList();
            waiting.forEach(one -> applied.add(Journal.await(one)));
        }
        return applied;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
