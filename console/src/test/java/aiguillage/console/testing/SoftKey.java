package aiguillage.console.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

/// A security key made of software, with a browser around it: as honest as it is told to be. Not for several
/// threads.
public final class SoftKey {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final JsonMapper JSON = new JsonMapper();
    private static final CBORMapper CBOR = new CBORMapper();

    private static final int PRESENT = 0x01;
    private static final int VERIFIED = 0x04;
    private static final int HAS_KEY = 0x40;
    private static final int ES256 = -7;

    private final KeyPair pair;
    private final byte[] id;
    private byte[] handle = new byte[0];
    private int flags = PRESENT | VERIFIED;
    private long count;
    private @Nullable String origin;
    private boolean isFramed;

    public SoftKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        UUID random = UUID.randomUUID();
        id = ByteBuffer.allocate(16)
                .putLong(random.getMostSignificantBits())
                .putLong(random.getLeastSignificantBits())
                .array();
    }

    /// Answers without asking for PIN or finger.
    public SoftKey unverified() {
        flags = PRESENT;
        return this;
    }

    /// Answers at another site.
    public SoftKey at(@Nullable String other) {
        origin = other;
        return this;
    }

    /// Answers in a frame of another site.
    public SoftKey framed() {
        isFramed = true;
        return this;
    }

    public SoftKey counting(long next) {
        count = next;
        return this;
    }

    public SoftKey calling(String person) {
        handle = person.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    /// What the key calls itself, base64url.
    public String credential() {
        return ENCODER.encodeToString(id);
    }

    /// Answers a form that asks for a new key or for a key's word.
    ///
    /// @param asked the form's `data-` attributes
    public String answer(Map<String, String> asked, String console) {
        try {
            return "create".equals(asked.get("key")) ? create(asked, console) : get(asked, console);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private String create(Map<String, String> asked, String console) throws GeneralSecurityException {
        handle = DECODER.decode(value(asked, "handle"));
        byte[] key = cose();
        byte[] credential = ByteBuffer.allocate(18 + id.length + key.length)
                .put(new byte[16])
                .putShort((short) id.length)
                .put(id)
                .put(key)
                .array();
        var attestation = new LinkedHashMap<String, Object>();
        attestation.put("fmt", "none");
        attestation.put("attStmt", Map.of());
        attestation.put("authData", said(asked, flags | HAS_KEY, credential));
        return json(Map.of(
                "clientDataJSON", ENCODER.encodeToString(client("webauthn.create", asked, console)),
                "attestationObject", ENCODER.encodeToString(CBOR.writeValueAsBytes(attestation))));
    }

    private String get(Map<String, String> asked, String console) throws GeneralSecurityException {
        byte[] client = client("webauthn.get", asked, console);
        byte[] said = said(asked, flags, new byte[0]);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(said);
        signature.update(sha256(client));
        return json(Map.of(
                "clientDataJSON", ENCODER.encodeToString(client),
                "authenticatorData", ENCODER.encodeToString(said),
                "signature", ENCODER.encodeToString(signature.sign()),
                "userHandle", ENCODER.encodeToString(handle)));
    }

    private String json(Map<String, String> response) {
        return JSON.writeValueAsString(Map.of(
                "id", credential(),
                "rawId", credential(),
                "type", "public-key",
                "response", response,
                "clientExtensionResults", Map.of()));
    }

    private byte[] client(String type, Map<String, String> asked, String console) {
        return JSON.writeValueAsBytes(Map.of(
                "type",
                type,
                "challenge",
                value(asked, "challenge"),
                "origin",
                origin == null ? console : origin,
                "crossOrigin",
                isFramed));
    }

    private byte[] said(Map<String, String> asked, int flags, byte[] credential) throws GeneralSecurityException {
        byte[] host = sha256(value(asked, "host").getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(host.length + 5 + credential.length)
                .put(host)
                .put((byte) flags)
                .putInt((int) (count == 0 ? 0 : count++))
                .put(credential)
                .array();
    }

    /// An EC2 key: {1: 2, 3: -7, -1: 1, -2: x, -3: y} (RFC 9053, 7.1.1).
    private byte[] cose() {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0xa5, 1, 2, 3, (byte) (0x20 - 1 - ES256), 0x20, 1});
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        out.writeBytes(new byte[] {0x21, 0x58, 32});
        out.writeBytes(fixed(key.getW().getAffineX().toByteArray()));
        out.writeBytes(new byte[] {0x22, 0x58, 32});
        out.writeBytes(fixed(key.getW().getAffineY().toByteArray()));
        return out.toByteArray();
    }

    private static byte[] fixed(byte[] number) {
        byte[] fixed = new byte[32];
        int kept = Math.min(32, number.length);
        System.arraycopy(number, number.length - kept, fixed, 32 - kept, kept);
        return fixed;
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static String value(Map<String, String> asked, String name) {
        String value = asked.get(name);
        if (value == null) {
            throw new AssertionError("the form asks for no " + name + ", but for "
                    + Arrays.toString(asked.keySet().toArray()));
        }
        return value;
    }
}
