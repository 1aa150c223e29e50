package aiguillage.hub.entry;

import aiguillage.protocol.Brand;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One change, as it stands in the journal.
public sealed interface Entry {

    /// When the hub made the change, by its own clock, to the millisecond.
    Instant time();

    /// A document came in and was found good.
    ///
    /// @param readers who gets it, decided by the routing table of that moment
    /// @param offeredUntil when its deliveries expire
    /// @param keptUntil when its payload goes; not before `offeredUntil`
    /// @param notices the end states of which the sender wants to be told
    /// @param keys the search keys found in it, by name
    /// @param evidence the sender's signature over it, or null when it was not signed
    record DocumentAccepted(
            Instant time,
            Envelope envelope,
            Payload payload,
            List<Reader> readers,
            Instant offeredUntil,
            Instant keptUntil,
            Set<EndState> notices,
            Map<String, List<String>> keys,
            @Nullable Evidence evidence)
            implements Entry {

        public DocumentAccepted {
            readers = readers instanceof EncodedReaders ? readers : List.copyOf(readers);
            notices = Set.copyOf(notices);
            keys = Map.copyOf(keys);
        }

        /// How a party reads it, or null when it does not. Of thousands of readers no other is made.
        public @Nullable Reader reader(PartyId party) {
            if (readers instanceof EncodedReaders encoded) {
                return encoded.find(party);
            }
            for (Reader reader : readers) {
                if (reader.party().equals(party)) {
                    return reader;
                }
            }
            return null;
        }
    }

    /// A document was found bad at the door. Nothing of it is kept but this.
    ///
    /// @param id as the sender wrote it
    /// @param payload the digest of what was refused, or null when it was not read to its end
    /// @param problem the code of the refusal
    /// @param reason why, at most [#REASON_CHARS_MAX] characters
    record DocumentRefused(
            Instant time,
            PartyId sender,
            String id,
            String flow,
            @Nullable Digest payload,
            String problem,
            String reason)
            implements Entry {

        public static final int REASON_CHARS_MAX = 2_000;
    }

    /// A reader has a document and answers for it from now on.
    record DeliveryAcknowledged(Instant time, Delivery delivery) implements Entry {}

    /// A reader cannot use a document. It waits in quarantine for somebody to decide.
    record DeliveryRejected(Instant time, Delivery delivery, String reason) implements Entry {

        public static final int REASON_CHARS_MAX = 2_000;
    }

    /// Out of quarantine, to be offered again: as a new delivery, behind all that waits.
    ///
    /// @param by who decided: a party's name, `operator`, or `operator:` and a person's name
    record DeliveryReleased(Instant time, Delivery delivery, String by) implements Entry {}

    /// Out of quarantine, back to the sender for good.
    record DeliveryReturned(Instant time, Delivery delivery, String by) implements Entry {}

    /// A delivery that had come to its end is offered to its reader once more: as a new delivery of the same
    /// document, behind all that waits.
    ///
    /// @param delivery the one that ended
    /// @param ended the entry that ended it; each end is followed by one such entry at most
    /// @param offeredUntil when the new one expires; not after the document's `keptUntil`
    /// @param by who decided: `operator`, or `operator:` and the person's name
    /// @param reason why, at most [#REASON_CHARS_MAX] characters
    record DeliveryRepeated(
            Instant time, Delivery delivery, Position ended, Instant offeredUntil, String by, String reason)
            implements Entry {

        public static final int REASON_CHARS_MAX = 2_000;
    }

    /// A delivery was offered as long as its flow says, and nobody took it.
    record DeliveryExpired(Instant time, Delivery delivery) implements Entry {}

    /// A document was kept as long as its flow says; its payload goes, its entry stays.
    record PayloadRemoved(Instant time, Position document) implements Entry {}

    /// From here on this routing table holds.
    ///
    /// @param text the flows file as written
    /// @param schemas the names of the schemas it uses, with the digest of each
    /// @param by who applied it
    record TableApplied(Instant time, String text, Map<String, Digest> schemas, String by) implements Entry {

        public TableApplied {
            schemas = Map.copyOf(schemas);
        }
    }

    /// A party may enrol once with the code that has this hash.
    record EnrolmentCodeIssued(Instant time, PartyId party, Digest code, Instant expires) implements Entry {}

    /// A certificate was issued.
    ///
    /// @param serial in lower-case hex
    /// @param code the hash of the enrolment code it cost, or null for a renewal
    /// @param key the hash of the public key it is for; null in entries of hubs that did not keep it
    record CertificateIssued(
            Instant time,
            PartyId party,
            String serial,
            Instant notAfter,
            @Nullable Digest code,
            @Nullable Digest key) implements Entry {

        public CertificateIssued(Instant time, PartyId party, String serial, Instant notAfter, @Nullable Digest code) {
            this(time, party, serial, notAfter, code, null);
        }
    }

    /// The code that has this hash gives no certificate any more, used or not.
    record EnrolmentCodeVoided(Instant time, PartyId party, Digest code, String reason) implements Entry {}

    /// A certificate is not to be trusted any more.
    record CertificateRevoked(Instant time, String serial, String reason) implements Entry {}

    /// A dataset has a new version: the next one behind `from`, which was the newest.
    ///
    /// @param number of the version; numbers are never used twice
    /// @param from the version it changes; 0 for the first
    /// @param effective from when on it holds; not before that of `from`
    /// @param isSealed whether its rows may be read by nobody before that
    /// @param by who published it, or released it when it was held: a party's name, `operator`, or
    ///     `operator:` and a person's name
    /// @param held the entry with which it was held until a second person released it, or null
    /// @param restores the earlier version whose rows it has, or null
    record VersionPublished(
            Instant time,
            DatasetName dataset,
            long number,
            long from,
            Instant effective,
            boolean isSealed,
            VersionContent content,
            String by,
            @Nullable Position held,
            @Nullable Long restores)
            implements Entry {}

    /// A publication was found unusual. It is no version until a second person releases it.
    ///
    /// @param from the version it was compared with
    /// @param effective from when on it is to hold
    /// @param by who published it
    /// @param report why it is held, at most [#REPORT_CHARS_MAX] characters, without any cell's text
    record VersionHeld(
            Instant time,
            DatasetName dataset,
            long from,
            Instant effective,
            boolean isSealed,
            VersionContent content,
            String by,
            String report)
            implements Entry {

        public static final int REPORT_CHARS_MAX = 16_000;
    }

    /// A publication that was held will never be a version.
    ///
    /// @param held the entry with which it was held
    record HeldDiscarded(Instant time, DatasetName dataset, Position held, String by) implements Entry {}

    /// A version that does not hold yet never will, nor those behind it.
    record VersionWithdrawn(Instant time, DatasetName dataset, long number, String by) implements Entry {}

    /// An operator is about to do something, or looks at what not everybody may see. What he does may have
    /// entries of its own behind this one.
    ///
    /// @param operator the person's name
    /// @param action what, in one word of the console's, as in `release`
    /// @param subject what it is done to, as people name it
    /// @param reason why, in his words; empty where none is asked for
    record OperatorActed(Instant time, String operator, String action, String subject, String reason) implements Entry {

        public static final int REASON_CHARS_MAX = 2_000;
        public static final int SUBJECT_CHARS_MAX = 2_000;
    }

    /// Something that is set at the hub while it runs has another value from here on.
    ///
    /// @param name of the setting
    /// @param value empty: it is not set any more
    /// @param by who set it
    record SettingChanged(Instant time, String name, String value, String by) implements Entry {

        public static final int VALUE_CHARS_MAX = 100_000;
    }

    /// A party is refused at every door from here on. What is for it goes on waiting.
    ///
    /// @param reason why, in an operator's words, at most [#REASON_CHARS_MAX] characters
    /// @param by who did it
    record PartySuspended(Instant time, PartyId party, String reason, String by) implements Entry {

        public static final int REASON_CHARS_MAX = 500;
    }

    /// A party that was suspended is let in again.
    record PartyResumed(Instant time, PartyId party, String reason, String by) implements Entry {}
    /// From here on somebody may look after the hub, in another way than before, or not any more: then the keys
    /// are gone too.
    ///
    /// @param operator the person's name
    /// @param rank in lower case, as in `operate`
    /// @param brands whose things this person sees; empty: of all
    /// @param by who decided it
    record OperatorChanged(Instant time, String operator, String rank, Set<Brand> brands, boolean isRemoved, String by)
            implements Entry {

        public OperatorChanged {
            brands = Set.copyOf(brands);
        }
    }

    /// Somebody may add a key by a link, once. An earlier link of this person holds no more.
    ///
    /// @param link the hash of what the link proves
    record OperatorInvited(Instant time, String operator, Digest link, Instant expires, String by) implements Entry {}

    /// A security key signs somebody in from here on.
    ///
    /// @param credential the key's own name for this, base64url
    /// @param key its public key: COSE (RFC 9053), base64url
    /// @param label what the person calls it
    /// @param link the hash of the link that allowed it; null: the person was signed in
    record OperatorKeyAdded(
            Instant time,
            String operator,
            String credential,
            String key,
            String label,
            @Nullable Digest link) implements Entry {

        public static final int LABEL_CHARS_MAX = 64;
    }

    /// A security key signs nobody in any more.
    ///
    /// @param credential the hash of the key's own name
    /// @param by who decided it
    record OperatorKeyRemoved(Instant time, String operator, Digest credential, String by) implements Entry {}
}
