package aiguillage.hub.door;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.star.SoapReader;
import aiguillage.hub.trust.Caller;
import aiguillage.hub.trust.Signers;
import aiguillage.hub.wss.BadSignature;
import aiguillage.hub.wss.MessageSigner;
import aiguillage.hub.wss.Replays;
import aiguillage.hub.wss.SignatureCheck;
import aiguillage.pki.Credential;
import aiguillage.protocol.signature.Freshness;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/// Who signed a message of STAR's transport, and the hub's signature on its answers. Safe from any thread.
final class StarSecurity {

    private final Signers signers;
    private final MessageSigner signer;
    private final Replays replays;
    private final InstantSource clock;

    /// @param own what the hub proves itself with at this moment
    StarSecurity(Signers signers, Supplier<Credential> own, InstantSource clock) {
        this.signers = signers;
        this.signer = new MessageSigner(own);
        this.clock = clock;
        this.replays = new Replays(clock.instant());
    }

    MessageSigner signer() {
        return signer;
    }

    Instant now() {
        return clock.instant();
    }

    /// A message's signature that holds, and whose it is.
    record Signed(Caller caller, SignatureCheck.Proven proven) {}

    /// Who signed a message.
    ///
    /// @throws Refused when it is not signed as it must be, or by nobody who is known here
    Signed signed(SoapReader.Source message) throws IOException {
        SignatureCheck.Proven proven = proven(message);
        return new Signed(signers.identify(proven.signer()), proven);
    }

    /// Requires that a message is signed by the party whose connection it came by. The same message again is
    /// its sender's retry: nobody else has such a connection.
    ///
    /// @return the signer, by the certificate that signed
    /// @throws Refused otherwise
    Caller requireSigned(SoapReader.Source message, Caller connection) throws IOException {
        Caller caller = signed(message).caller();
        if (!caller.party().equals(connection.party())) {
            throw new Refused(
                    Problem.SIGNATURE_INVALID,
                    "The message is signed by " + caller.party() + ", and came by a connection of " + connection.party()
                            + ".");
        }
        return caller;
    }

    /// Requires that a message of which nothing but its signature tells the sender did not come before: whoever
    /// has a copy of it could send that too, and get the answer.
    ///
    /// @throws Refused otherwise
    void requireFirst(Signed message) {
        SignatureCheck.Proven proven = message.proven();
        Instant end = proven.created().plus(Freshness.DEFAULT.ageMax());
        switch (replays.count(message.caller().party(), proven.signed(), proven.created(), end, now())) {
            case FIRST -> {}
            case BEFORE ->
                throw new Refused(
                        Problem.SIGNATURE_NOT_FRESH,
                        "A message with this very signature came before, and on this listener each counts once.");
            case TOO_OLD ->
                throw new Refused(
                        Problem.SIGNATURE_NOT_FRESH,
                        "It was signed before this hub started, and may have come before.");
            case FULL ->
                throw new Refused(
                        Problem.TOO_MANY_REQUESTS,
                        "On this listener a party has " + Replays.PER_PARTY_MAX + " messages within minutes.");
        }
    }

    private SignatureCheck.Proven proven(SoapReader.Source message) throws IOException {
        try {
            return SignatureCheck.check(message, Freshness.DEFAULT, now());
        } catch (BadSignature e) {
            throw new Refused(e.isOfAnotherTime() ? Problem.SIGNATURE_NOT_FRESH : Problem.SIGNATURE_INVALID, e.text());
        }
    }
}
