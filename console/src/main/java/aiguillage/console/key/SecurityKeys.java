package aiguillage.console.key;

import aiguillage.console.key.KeyRefused.Fault;
import aiguillage.hub.operators.Operators;
import aiguillage.hub.yard.OperatorKeyRow;
import aiguillage.protocol.Digest;
import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The security keys of operators. Every answer counts only from this console's own origin, with the person
/// proven to the key (by PIN or body), and once. Safe from any thread.
public final class SecurityKeys {

    static final int ANSWER_CHARS_MAX = 16_384;

    private static final Logger LOG = LoggerFactory.getLogger(SecurityKeys.class);
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /// What today's keys sign with, the best first.
    private static final List<PublicKeyCredentialParameters> ALGORITHMS = Stream.of(
                    COSEAlgorithmIdentifier.EdDSA, COSEAlgorithmIdentifier.ES256, COSEAlgorithmIdentifier.RS256)
            .map(algorithm -> new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, algorithm))
            .toList();

    private final Operators operators;
    private final Origin origin;
    private final String host;
    private final String hub;
    private final Challenges challenges;
    private final ObjectConverter converter = new ObjectConverter();

    /// Says of no maker that it is trusted: a key is known by itself, not by who made it.
    private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);

    /// How often each key said that it signed, since this console was opened.
    private final ConcurrentHashMap<String, Long> counts = new ConcurrentHashMap<>();

    /// @param origin as browsers write it; keys are bound to its host
    public SecurityKeys(Operators operators, String origin, String hub, SecureRandom random, InstantSource clock) {
        this.operators = operators;
        this.origin = new Origin(origin);
        this.host = URI.create(origin).getHost().toLowerCase(Locale.ROOT);
        this.hub = hub;
        this.challenges = new Challenges(random, clock);
    }

    /// What a form asks to have somebody prove himself.
    ///
    /// @param operator whose keys may answer; null: anybody's
    public KeyAsk askFor(Ceremony ceremony, String purpose, @Nullable String operator) {
        return new KeyAsk(
                "get",
                "assertion",
                ENCODER.encodeToString(challenges.make(ceremony, purpose)),
                host,
                hub,
                "",
                operator == null ? "" : operator,
                operator == null ? "" : credentials(operator));
    }

    /// What a form asks to have a key made.
    public KeyAsk askForNew(Ceremony ceremony, String purpose, String operator) {
        return new KeyAsk(
                "create",
                "credential",
                ENCODER.encodeToString(challenges.make(ceremony, purpose)),
                host,
                hub,
                ENCODER.encodeToString(handle(operator)),
                operator,
                credentials(operator));
    }

    private String credentials(String operator) {
        return operators.keys(operator).stream().map(OperatorKeyRow::credential).collect(Collectors.joining(" "));
    }

    /// What keys call a person: says nothing to whoever finds it in one.
    private byte[] handle(String operator) {
        return Digest.of((hub + '\0' + operator).getBytes(StandardCharsets.UTF_8))
                .bytes();
    }

    /// A key that was made as [#askForNew] asked.
    ///
    /// @param answer the browser's, as JSON (WebAuthn Level 3, `RegistrationResponseJSON`)
    public NewKey made(String answer, Ceremony ceremony, String purpose) throws KeyRefused {
        requireAnswer(answer);
        RegistrationData data = sound(() -> manager.parseRegistrationResponseJSON(answer));
        byte[] challenge = challenge(data.getCollectedClientData());
        challenges.require(challenge, ceremony, purpose);
        sound(() -> manager.verify(data, new RegistrationParameters(server(challenge), ALGORITHMS, true, true)));
        AttestationObject made = data.getAttestationObject();
        AttestedCredentialData credential =
                made == null ? null : made.getAuthenticatorData().getAttestedCredentialData();
        if (credential == null) {
            throw new KeyRefused(Fault.WRONG, "There is no key in the answer.");
        }
        challenges.spend(challenge);
        return new NewKey(
                ENCODER.encodeToString(credential.getCredentialId()),
                ENCODER.encodeToString(converter.getCborMapper().writeValueAsBytes(credential.getCOSEKey())));
    }

    /// The key that answered as [#askFor] asked.
    ///
    /// @param answer the browser's, as JSON (WebAuthn Level 3, `AuthenticationResponseJSON`)
    public OperatorKeyRow answered(String answer, Ceremony ceremony, String purpose) throws KeyRefused {
        requireAnswer(answer);
        AuthenticationData data = sound(() -> manager.parseAuthenticationResponseJSON(answer));
        byte[] challenge = challenge(data.getCollectedClientData());
        challenges.require(challenge, ceremony, purpose);
        String credential = sound(() -> ENCODER.encodeToString(data.getCredentialId()));
        OperatorKeyRow key =
                operators.key(credential).orElseThrow(() -> new KeyRefused(Fault.UNKNOWN, "Nobody has this key."));
        if (!mayBe(data, key.operator())) {
            throw new KeyRefused(Fault.WRONG, "The key calls its person otherwise.");
        }
        sound(() ->
                manager.verify(data, new AuthenticationParameters(server(challenge), known(key), null, true, true)));
        challenges.spend(challenge);
        count(key.credential(), data.getAuthenticatorData());
        return key;
    }

    /// Some keys do not say whose they are.
    private boolean mayBe(AuthenticationData data, String operator) {
        return data.getUserHandle() == null
                || data.getUserHandle().length == 0
                || Arrays.equals(data.getUserHandle(), handle(operator));
    }

    /// What the library makes of a stranger's bytes. It answers what it does not expect with any exception
    /// there is, and each means that nothing is proven.
    private static <T> T sound(Supplier<T> read) throws KeyRefused {
        try {
            return read.get();
        } catch (RuntimeException e) {
            throw new KeyRefused(Fault.WRONG, e);
        }
    }

    private static void requireAnswer(String answer) throws KeyRefused {
        if (answer.isBlank()) {
            throw new KeyRefused(Fault.NOTHING, "No key answered.");
        }
        if (answer.length() > ANSWER_CHARS_MAX) {
            throw new KeyRefused(Fault.WRONG, "The answer is larger than any key's.");
        }
    }

    private static byte[] challenge(@Nullable CollectedClientData said) throws KeyRefused {
        if (said == null || said.getChallenge() == null) {
            throw new KeyRefused(Fault.WRONG, "The answer names no challenge.");
        }
        return said.getChallenge().getValue();
    }

    private ServerProperty server(byte[] challenge) {
        return ServerProperty.builder()
                .origin(origin)
                .rpId(host)
                .challenge(new DefaultChallenge(challenge))
                .build();
    }

    /// What is known of a key. What it counted is looked at in [#count].
    private CredentialRecordImpl known(OperatorKeyRow key) {
        byte[] cose = Base64.getUrlDecoder().decode(key.key());
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                null,
                null,
                null,
                0,
                new AttestedCredentialData(
                        AAGUID.ZERO,
                        Base64.getUrlDecoder().decode(key.credential()),
                        converter.getCborMapper().readValue(cose, COSEKey.class)),
                null,
                null,
                null,
                null);
    }

    /// A key that counts counts up (WebAuthn Level 2, 7.2, step 21).
    private void count(String credential, @Nullable AuthenticatorData<?> said) throws KeyRefused {
        if (said == null) {
            throw new KeyRefused(Fault.WRONG, "The key said nothing.");
        }
        long now = said.getSignCount();
        long[] before = {0};
        counts.compute(credential, (_, last) -> {
            before[0] = last == null ? 0 : last;
            return Math.max(before[0], now);
        });
        if (before[0] > 0 && now <= before[0]) {
            LOG.atError()
                    .addKeyValue("credential", credential)
                    .addKeyValue("counted", now)
                    .addKeyValue("before", before[0])
                    .log(
                            "A security key counts less than before: there may be a copy of it. It was refused; remove it.");
            throw new KeyRefused(Fault.COPIED, "The key counts less than before.");
        }
    }
}
