package aiguillage.hub.door.star;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.star.Fault;
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
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.CertificateParsingException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who signed a message of STAR's transport, and the hub's signature on its answers. Safe from any thread.
public final class StarSecurity {

    /// Of messages without a client certificate. What is signed for a later time than now could come again
    /// after the hub starts anew: so it may not be much later.
    static final Freshness ALONE = new Freshness(Duration.ofSeconds(30), Duration.ofMinutes(5));

    /// Hosts in addresses that mean nobody in particular.
    private static final Set<String> ANONYMOUS = Set.of("www.w3.org", "schemas.xmlsoap.org");

    private final Supplier<Credential> own;
    private final Signers signers;
    private final MessageSigner signer;
    private final Replays replays;
    private final InstantSource clock;

    /// @param own what the hub proves itself with at this moment
    public StarSecurity(Signers signers, Supplier<Credential> own, InstantSource clock) {
        this.own = own;
        this.signers = signers;
        this.signer = new MessageSigner(own);
        this.clock = clock;
        this.replays = new Replays(clock.instant().plus(ALONE.ahead()));
    }

    MessageSigner signer() {
        return signer;
    }

    Instant now() {
        return clock.instant();
    }

    /// Requires that a message is signed by the party whose connection it came by. The same message again is
    /// its sender's retry: nobody else has such a connection.
    ///
    /// @return the signer, by the certificate that signed
    /// @throws Refused otherwise
    Caller requireSigned(SoapReader.Source message, Caller connection) throws IOException {
        SignatureCheck.Statement statement = statement(message, Freshness.DEFAULT);
        Caller caller = signers.identify(statement.signer());
        if (!caller.party().equals(connection.party())) {
            throw new Refused(
                    Problem.SIGNATURE_INVALID,
                    "The message is signed by " + caller.party() + ", and came by a connection of " + connection.party()
                            + ".");
        }
        requireWhole(message, statement);
        return caller;
    }

    /// Who signed a message of which nothing but its signature tells the sender. Strangers are found out before
    /// the message is gone through. It must not have come before: whoever has a copy of it could send that too,
    /// and get the answer.
    ///
    /// @param allowed throws when this caller may not send so
    /// @throws Refused when it is not signed as it must be, by nobody who may, or came before
    Caller requireFirst(SoapReader.Source message, Consumer<Caller> allowed) throws IOException {
        SignatureCheck.Statement statement = statement(message, ALONE);
        Caller caller = signers.identify(statement.signer());
        allowed.accept(caller);
        requireWhole(message, statement);
        requireFirst(caller, statement);
        return caller;
    }

    /// Requires that a message which says where it is sent to (WS-Addressing) is for this hub. Where a
    /// signature alone counts, a copy could else be sent to another hub that knows the same parties.
    ///
    /// @param to null: it does not say
    /// @throws Refused when it is for a host that is none of those in the hub's certificate
    void requireForThisHub(@Nullable String to) {
        String host = to == null ? null : host(to);
        if (host != null && !ANONYMOUS.contains(host) && !names().contains(host)) {
            throw new Refused(
                    Problem.SIGNATURE_INVALID,
                    Fault.shortened("The header To of the message names " + host + ", which is no name of this hub."));
        }
    }

    private static @Nullable String host(String address) {
        try {
            String host = new URI(address).getHost();
            return host == null ? null : host.toLowerCase(Locale.ROOT);
        } catch (URISyntaxException e) {
            return null; // the name of something, and no address
        }
    }

    private Set<String> names() {
        try {
            Collection<List<?>> all = own.get().chain().leaf().getSubjectAlternativeNames();
            return all == null
                    ? Set.of()
                    : all.stream()
                            .map(one -> String.valueOf(one.get(1)).toLowerCase(Locale.ROOT))
                            .collect(Collectors.toSet());
        } catch (CertificateParsingException e) {
            throw new IllegalStateException("the hub's own certificate cannot be read", e);
        }
    }

    private void requireFirst(Caller caller, SignatureCheck.Statement statement) {
        Instant end = statement.created().plus(ALONE.ageMax());
        switch (replays.count(caller.party(), statement.signed(), statement.created(), end, now())) {
            case FIRST -> {}
            case BEFORE ->
                throw new Refused(
                        Problem.SIGNATURE_NOT_FRESH,
                        "A message with this very signature came before, and on this listener each counts once.");
            case TOO_OLD ->
                throw new Refused(
                        Problem.SIGNATURE_NOT_FRESH,
                        "It was signed before this hub started, or within "
                                + ALONE.ahead().toSeconds() + " s after, and may have come before.");
            case FULL ->
                throw new Refused(
                        Problem.TOO_MANY_REQUESTS,
                        "On this listener a party has " + Replays.PER_PARTY_MAX + " messages within minutes.");
        }
    }

    private SignatureCheck.Statement statement(SoapReader.Source message, Freshness freshness) throws IOException {
        try {
            return SignatureCheck.statement(message, freshness, now());
        } catch (BadSignature e) {
            throw refused(e);
        }
    }

    private static void requireWhole(SoapReader.Source message, SignatureCheck.Statement statement) throws IOException {
        try {
            SignatureCheck.requireWhole(message, statement);
        } catch (BadSignature e) {
            throw refused(e);
        }
    }

    private static Refused refused(BadSignature e) {
        return new Refused(e.isOfAnotherTime() ? Problem.SIGNATURE_NOT_FRESH : Problem.SIGNATURE_INVALID, e.text());
    }
}
