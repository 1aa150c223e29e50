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
import java.util.Collections;
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

    /// Messages that come in at the same time, and from one address. A further one takes the place of the one
    /// that is furthest behind, if that is by [#BEHIND].
    static final int AT_ONCE_MAX = 16;

    static final int AT_ONCE_PER_ADDRESS_MAX = 4;

    public static final long BYTES_PER_SECOND_MIN = 256_000;

    /// Behind a message that comes at [#BYTES_PER_SECOND_MIN]. What systems send is here long before, and who
    /// wants to keep others out with messages that do not get on needs as many new ones within this time.
    static final Duration BEHIND = Duration.ofMillis(500);

    /// So many wrong messages of one address, and then one each interval.
    static final int TRIES = 10;

    static final Duration TRY_AGAIN = Duration.ofSeconds(6);

    private final HubParts hub;
    private final StarDoor star;
    private final StarSecurity security;
    private final Uploads uploads;
    private final SignedConnections connections;
    private final PartyGate gate;
    private final SourceLimit failures = new SourceLimit(TRIES, TRY_AGAIN, System::nanoTime);
    /// Where each message comes from. Guarded by this.
    private final Map<Call, String> coming = new HashMap<>();

    /// @param uploads of this listener alone
    public StarSignedDoor(
            HubParts hub,
            StarDoor star,
            StarSecurity security,
            Uploads uploads,
            SignedConnections connections,
            PartyGate gate) {
        this.hub = hub;
        this.star = star;
        this.security = security;
        this.uploads = uploads;
        this.connections = connections;
        this.gate = gate;
    }

    /// @param brand of the flows that are meant; null: whichever has such a BOD
    void answer(Call call, @Nullable Brand brand) throws IOException {
        String source = SourceLimit.source(call.request());
        var message = new Coming(call);
        try (message) {
            Call known;
            try {
                failures.require(source);
                enter(call, source);
                Caller caller = proven(call, message, source);
                connections.admit(call.request(), caller.party());
                known = call.of(gate.visitor(caller, call.request()));
            } catch (Refused refused) {
                new StarReply(hub, call, security).refuse(StarContents.Outcome.of(refused));
                return;
            }
            try {
                star.answerSigned(known, brand, message);
            } catch (Exception | Error e) {
                hub.fail(known, e);
            }
        }
    }

    private Caller proven(Call call, Coming message, String source) throws IOException {
        try {
            byte[] bytes = Wire.body(call, uploads, MESSAGE_BYTES_MAX);
            Caller caller = security.requireFirst(() -> new ByteArrayInputStream(bytes), this::requireAllowed);
            message.bytes = bytes;
            return caller;
        } catch (Refused refused) {
            if (isWrong(refused.problem())) {
                failures.take(source);
            }
            throw refused;
        }
    }

    /// Whether the message is, and not the hub or the line.
    private static boolean isWrong(Problem problem) {
        return problem != Problem.TOO_SLOW && problem.status() < 500;
    }

    /// A message that is in memory, until it is let go. For one thread.
    final class Coming implements AutoCloseable {

        private final Call call;
        private byte @Nullable [] bytes;

        private Coming(Call call) {
            this.call = call;
        }

        /// What came, once it is proven who sent it.
        Received.Small message() {
            return new Received.Small(Objects.requireNonNull(bytes));
        }

        /// Lets it go; the second time changes nothing.
        @Override
        public void close() {
            bytes = null;
            leave(call);
        }
    }

    private synchronized void enter(Call call, String source) {
        boolean hasItsShare = Collections.frequency(coming.values(), source) >= AT_ONCE_PER_ADDRESS_MAX;
        if (!hasItsShare && coming.size() >= AT_ONCE_MAX) {
            Call slowest = uploads.giveUpSlowest(BEHIND);
            if (slowest != null) {
                coming.remove(slowest);
            }
        }
        if (hasItsShare || coming.size() >= AT_ONCE_MAX) {
            throw new Refused(
                    Problem.JOURNAL_BUSY,
                    "On this listener " + AT_ONCE_MAX + " messages come in at the same time, " + AT_ONCE_PER_ADDRESS_MAX
                            + " of them from one address.");
        }
        coming.put(call, source);
    }

    private synchronized void leave(Call call) {
        coming.remove(call);
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
