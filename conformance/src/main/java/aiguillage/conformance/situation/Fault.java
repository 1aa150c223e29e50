package aiguillage.conformance.situation;

import aiguillage.conformance.driver.DealerDriver;
import aiguillage.conformance.driver.Door;
import aiguillage.conformance.driver.HandsOn;
import aiguillage.conformance.driver.Identity;
import aiguillage.conformance.driver.Manner;
import aiguillage.conformance.driver.Offer;
import aiguillage.conformance.driver.Place;
import aiguillage.conformance.driver.Said;
import aiguillage.conformance.driver.Waiting;
import aiguillage.protocol.FlowName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Mistakes that dealers' systems make. A kit in which a client with the mistake passes proves nothing, so each
/// is planted on purpose in the situations that must find it.
public enum Fault {
    /// Says that a document was accepted, and never sent it.
    CLAIMS_WITHOUT_SENDING,
    /// Gives each attempt an id of its own.
    NEW_ID_FOR_A_RETRY,
    /// Takes a refusal for success.
    TAKES_REFUSAL_FOR_SUCCESS,
    /// Changes a document's bytes on the way.
    CHANGES_BYTES,
    /// Sends a document once, whatever becomes of it.
    NEVER_RETRIES,
    /// Sends what it should have broken off.
    SENDS_WHOLE,
    /// Acknowledges what it reads, before it is safe.
    ACKNOWLEDGES_WHILE_READING,
    /// Never acknowledges.
    NEVER_ACKNOWLEDGES,
    /// Acknowledges what it should reject.
    ACKNOWLEDGES_INSTEAD_OF_REJECTING,
    /// Does not see what waits.
    READS_NOTHING,
    /// Reads the newest first.
    READS_BACKWARDS,
    /// Uses a key that it has kept, instead of the one it was given.
    USES_A_KEPT_KEY;

    /// A door whose clients make this mistake.
    ///
    /// @param kept what [#USES_A_KEPT_KEY] connects with
    public Door in(Door door, Identity kept) {
        return new Faulty(this, door, kept);
    }

    private record Faulty(Fault fault, Door door, Identity kept) implements HandsOn {

        @Override
        public DealerDriver open(Identity identity, Place place) {
            return new Client(fault, door.open(fault == USES_A_KEPT_KEY ? kept : identity, place));
        }
    }

    /// One session of such a client.
    private static final class Client implements DealerDriver {

        private final Fault fault;
        private final DealerDriver right;
        private final Set<String> sent = new HashSet<>();
        private int attempts;

        Client(Fault fault, DealerDriver right) {
            this.fault = fault;
            this.right = right;
        }

        @Override
        public Said submit(Offer offer, Manner manner) {
            return switch (fault) {
                case CLAIMS_WITHOUT_SENDING -> new Said.Accepted(new byte[0]);
                case NEW_ID_FOR_A_RETRY -> right.submit(renamed(offer), manner);
                case CHANGES_BYTES -> right.submit(changed(offer), manner);
                case NEVER_RETRIES ->
                    sent.add(offer.id()) && manner == Manner.AT_ONCE
                            ? right.submit(offer, manner)
                            : new Said.NoAnswer("it was not sent again");
                case SENDS_WHOLE -> right.submit(offer, Manner.AT_ONCE);
                case TAKES_REFUSAL_FOR_SUCCESS -> {
                    Said said = right.submit(offer, manner);
                    yield said instanceof Said.NoAnswer ? said : new Said.Accepted(new byte[0]);
                }
                default -> right.submit(offer, manner);
            };
        }

        /// As systems do that make an id for each attempt, in the envelope and in the document.
        private Offer renamed(Offer offer) {
            String id = offer.id() + "-" + ++attempts + "-" + System.identityHashCode(this);
            String text = new String(offer.content(), StandardCharsets.ISO_8859_1).replace(offer.id(), id);
            return offer.named(id).with(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        /// As systems do that read a document into a tree and write it anew.
        private static Offer changed(Offer offer) {
            String text = new String(offer.content(), StandardCharsets.ISO_8859_1);
            return offer.with(text.replaceFirst("</ApplicationArea>", "</ApplicationArea\n>")
                    .getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public List<Waiting> pull(FlowName flow) {
            List<Waiting> waiting = right.pull(flow);
            return switch (fault) {
                case READS_NOTHING -> List.of();
                case READS_BACKWARDS -> new ArrayList<>(waiting.reversed());
                case ACKNOWLEDGES_WHILE_READING -> {
                    waiting.forEach(right::acknowledge);
                    yield waiting;
                }
                default -> waiting;
            };
        }

        @Override
        public Said acknowledge(Waiting waiting) {
            return fault == NEVER_ACKNOWLEDGES ? new Said.Done() : right.acknowledge(waiting);
        }

        @Override
        public Said reject(Waiting waiting, String reason) {
            return fault == ACKNOWLEDGES_INSTEAD_OF_REJECTING
                    ? right.acknowledge(waiting)
                    : right.reject(waiting, reason);
        }

        @Override
        public List<String> notices(FlowName flow) {
            return fault == READS_NOTHING ? List.of() : right.notices(flow);
        }

        @Override
        public void close() {
            right.close();
        }
    }
}
