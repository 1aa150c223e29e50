package aiguillage.protocol.signature;

import java.nio.ByteBuffer;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.Dictionary;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.IntegerItem;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.Parameters;
import org.greenbytes.http.sfv.ParseException;
import org.greenbytes.http.sfv.Parser;
import org.greenbytes.http.sfv.StringItem;
import org.jspecify.annotations.Nullable;

/// Signs a request and checks its signature (RFC 9421). Pure: the clock and the key are given.
///
/// Other people's signatures are accepted under any label, in any order of components and with further
/// parameters, as long as exactly one of them is by the expected certificate and covers what [#sign] covers.
public final class MessageSignature {

    public static final String LABEL = "aig";

    /// Of each of the two headers.
    public static final int HEADER_CHARS_MAX = 8 * 1024;

    /// Signatures on one message: ours, and those that intermediaries may have added.
    public static final int SIGNATURES_MAX = 4;

    private MessageSignature() {}

    /// Checks that a message is signed with a certificate.
    ///
    /// @param message with its headers `signature-input` and `signature`
    /// @param signer the certificate that the sender proved itself with; whether it is trusted was checked
    ///     before
    /// @return never throws for what a stranger sends
    public static Verdict verify(SignedMessage message, X509Certificate signer, Freshness freshness, Instant now) {
        try {
            Dictionary inputs = dictionary(message, SignatureHeaders.INPUT_NAME);
            Dictionary signatures = dictionary(message, SignatureHeaders.SIGNATURE_NAME);
            List<Verdict.Valid> valid = new ArrayList<>();
            List<Verdict> objections = new ArrayList<>();
            inputs.get().forEach((label, input) -> {
                switch (verdict(message, input, signatures.get().get(label), signer, freshness, now)) {
                    case Verdict.Valid good -> valid.add(good);
                    case Verdict.Invalid(var reason) -> objections.add(new Verdict.Invalid(of(label, reason)));
                    case Verdict.NotFresh(var reason) -> objections.addFirst(new Verdict.NotFresh(of(label, reason)));
                }
            });
            return switch (valid.size()) {
                case 0 -> objections.isEmpty() ? new Verdict.Invalid("there is no signature") : objections.getFirst();
                case 1 -> valid.getFirst();
                default -> new Verdict.Invalid("several signatures are by the same certificate; send one");
            };
        } catch (IllegalArgumentException e) {
            return new Verdict.Invalid(String.valueOf(e.getMessage()));
        }
    }

    private static String of(String label, String reason) {
        return "signature \"" + SignatureBase.shown(label) + "\": " + reason;
    }

    private static Dictionary dictionary(SignedMessage message, String name) {
        String value = message.headers().get(name);
        if (value == null) {
            throw new IllegalArgumentException("the header " + name + " is missing (RFC 9421)");
        }
        if (value.length() > HEADER_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "the header " + name + " has more than " + HEADER_CHARS_MAX + " characters");
        }
        try {
            Dictionary dictionary = Parser.parseDictionary(value);
            if (dictionary.get().size() > SIGNATURES_MAX) {
                throw new IllegalArgumentException("more than " + SIGNATURES_MAX + " signatures are not read");
            }
            return dictionary;
        } catch (ParseException e) {
            throw new IllegalArgumentException(
                    "the header " + name + " is no structured dictionary (RFC 8941), at " + e.getPosition(), e);
        }
    }

    private static Verdict verdict(
            SignedMessage message,
            ListElement<?> input,
            @Nullable ListElement<?> signature,
            X509Certificate signer,
            Freshness freshness,
            Instant now) {
        try {
            if (!(input instanceof InnerList list) || !(signature instanceof ByteSequenceItem bytes)) {
                return new Verdict.Invalid("it needs a list of components in Signature-Input and bytes in Signature");
            }
            Instant created = created(list.getParams());
            Optional<String> objection = parametersObjection(list.getParams(), signer)
                    .or(() -> expiryObjection(list.getParams(), now))
                    .or(() -> coverageObjection(message, list));
            if (objection.isPresent()) {
                return new Verdict.Invalid(objection.get());
            }
            SignatureBase base = SignatureBase.of(message, list);
            byte[] signed = copied(bytes.get());
            if (!EcdsaP256.verifies(signer.getPublicKey(), base.bytes(), signed)) {
                return new Verdict.Invalid("it does not fit the message: something that it covers was changed after"
                        + " signing, or it was made with another key");
            }
            Optional<String> late = freshness.objection(created, now);
            return late.isPresent()
                    ? new Verdict.NotFresh(late.get())
                    : new Verdict.Valid(created, SignatureEvidence.of(base, signed, signer));
        } catch (IllegalArgumentException e) {
            return new Verdict.Invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Instant created(Parameters parameters) {
        if (parameters.get("created") instanceof IntegerItem seconds) {
            return Instant.ofEpochSecond(seconds.getAsLong());
        }
        throw new IllegalArgumentException("it has no parameter created");
    }

    private static Optional<String> parametersObjection(Parameters parameters, X509Certificate signer) {
        Item<?> keyId = parameters.get("keyid");
        String expected = KeyId.of(signer).value();
        if (!(keyId instanceof StringItem named) || !named.get().equals(expected)) {
            return Optional.of("its keyid is not " + expected + ", the certificate of this connection");
        }
        Item<?> algorithm = parameters.get("alg");
        if (algorithm != null && !(algorithm instanceof StringItem name && EcdsaP256.NAME.equals(name.get()))) {
            return Optional.of("its alg is not " + EcdsaP256.NAME + ", the only one accepted");
        }
        return EcdsaP256.isOnCurve(signer.getPublicKey())
                ? Optional.empty()
                : Optional.of("the certificate's key is not on P-256, so it cannot sign documents");
    }

    private static Optional<String> expiryObjection(Parameters parameters, Instant now) {
        Item<?> expires = parameters.get("expires");
        if (expires == null) {
            return Optional.empty();
        }
        return expires instanceof IntegerItem seconds && now.getEpochSecond() < seconds.getAsLong()
                ? Optional.empty()
                : Optional.of("its signer let it expire before " + now);
    }

    private static Optional<String> coverageObjection(SignedMessage message, InnerList input) {
        List<String> missing = new ArrayList<>(SignatureBase.required(message));
        missing.removeAll(SignatureBase.covered(input));
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("it does not cover " + SignatureBase.shown(String.join(", ", missing)));
    }

    private static byte[] copied(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /// Signs a message.
    ///
    /// @param message with `content-digest` and the CloudEvents attributes, and without the two headers that
    ///     this makes
    /// @param key on P-256
    /// @param keyId of the certificate that the hub will see
    /// @throws IllegalArgumentException when something that must be covered is missing
    public static SignatureHeaders sign(SignedMessage message, PrivateKey key, KeyId keyId, Instant created) {
        List<Item<? extends Object>> components = new ArrayList<>();
        SignatureBase.required(message).forEach(name -> components.add(StringItem.valueOf(name)));
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("created", created.getEpochSecond());
        parameters.put("keyid", keyId.value());
        parameters.put("alg", EcdsaP256.NAME);
        InnerList input = InnerList.valueOf(components).withParams(Parameters.valueOf(parameters));
        byte[] signed = EcdsaP256.sign(key, SignatureBase.of(message, input).bytes());
        return new SignatureHeaders(
                Dictionary.valueOf(Map.of(LABEL, input)).serialize(),
                Dictionary.valueOf(Map.of(LABEL, ByteSequenceItem.valueOf(signed)))
                        .serialize());
    }
}
