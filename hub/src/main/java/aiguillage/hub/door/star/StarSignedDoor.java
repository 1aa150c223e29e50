package aiguillage.hub.door.star;

import aiguillage.hub.directory.Party;
import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.door.call.PartyGate;
import aiguillage.hub.door.call.SourceLimit;
import aiguillage.hub.door.call.Uploads;
import aiguillage.hub.door.call.Wire;
import aiguillage.hub.intake.Received;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.trust.Caller;
import aiguillage.protocol.Brand;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// STAR's transport for dealer systems that have no client certificate: who sends is told by the signature of
/// the message (STAR's Level 2), and only of parties that the flows file allows this. Whoever is no such party
/// gets nothing (I8): its message is read within narrow bounds, into memory alone, and dropped. Runs on threads
/// that may wait.
public final class StarSignedDoor {

    static final int MESSAGE_BYTES_MAX = 4 << 20;

    /// Messages that come in at the same time, and from one address.
    static final int AT_ONCE_MAX = 16;

    static final int AT_ONCE_PER_ADDRESS_MAX = 4;

    public static final long BYTES_PER_SECOND_MIN = 256_000;

    /// So many wrong messages of one address, and then one each interval.
    static final int TRIES = 10;

    static final Duration TRY_AGAIN = Duration.ofSeconds(6);

    private final HubParts hub;
    private final StarDoor star;
    private final StarSecurity security;
    private final Uploads uploads;
    private final PartyGate gate;
    private final SourceLimit failures = new SourceLimit(TRIES, TRY_AGAIN, System::nanoTime);
    private final Map<String, Integer> coming = new HashMap<>();
    private int comingInAll;

    /// @param uploads of this listener alone
    public StarSignedDoor(HubParts hub, StarDoor star, StarSecurity security, Uploads uploads, PartyGate gate) {
        this.hub = hub;
        this.star = star;
        this.security = security;
        this.uploads = uploads;
        this.gate = gate;
    }

    /// @param brand of the flows that are meant; null: whichever has such a BOD
    void answer(Call call, @Nullable Brand brand) throws IOException {
        String source = SourceLimit.source(call.request());
        var coming = new Coming(source);
        try (coming) {
            Call known;
            try {
                failures.require(source);
                coming.begin();
                known = call.of(gate.visitor(proven(call, coming)));
            } catch (Refused refused) {
                new StarReply(hub, call, security).refuse(StarContents.Outcome.of(refused));
                return;
            }
            try {
                star.answerSigned(known, brand, coming);
            } catch (Exception | Error e) {
                hub.fail(known, e);
            }
        }
    }

    private Caller proven(Call call, Coming coming) throws IOException {
        try {
            byte[] message = Wire.body(call, uploads, MESSAGE_BYTES_MAX);
            Caller caller = security.requireFirst(() -> new ByteArrayInputStream(message), this::requireAllowed);
            coming.message = message;
            return caller;
        } catch (Refused refused) {
            failures.take(coming.source);
            throw refused;
        }
    }

    /// A message that is in memory, until it is let go. For one thread.
    final class Coming implements AutoCloseable {

        private final String source;
        private byte @Nullable [] message;
        private boolean isCounted;

        private Coming(String source) {
            this.source = source;
        }

        private void begin() {
            count(source);
            isCounted = true;
        }

        /// What came, once it is proven who sent it.
        Received.Small message() {
            return new Received.Small(Objects.requireNonNull(message));
        }

        /// Lets it go; the second time changes nothing.
        @Override
        public void close() {
            message = null;
            if (isCounted) {
                isCounted = false;
                uncount(source);
            }
        }
    }

    private synchronized void count(String source) {
        int ofSource = coming.getOrDefault(source, 0);
        if (comingInAll >= AT_ONCE_MAX || ofSource >= AT_ONCE_PER_ADDRESS_MAX) {
            throw new Refused(
                    Problem.JOURNAL_BUSY,
                    "On this listener " + AT_ONCE_MAX + " messages come in at the same time, " + AT_ONCE_PER_ADDRESS_MAX
                            + " of them from one address.");
        }
        comingInAll++;
        coming.put(source, ofSource + 1);
    }

    private synchronized void uncount(String source) {
        comingInAll--;
        coming.computeIfPresent(source, (_, all) -> all == 1 ? null : all - 1);
    }

    private void requireAllowed(Caller caller) {
        boolean isAllowed =
                hub.flows().table().party(caller.party()).map(Party::starSigned).orElse(false);
        if (!isAllowed) {
            throw new Refused(
                    Problem.NOT_AUTHORISED,
                    "The flows file does not say star-signed of " + caller.party()
                            + ": connect with your certificate to the main listener.");
        }
    }
}
