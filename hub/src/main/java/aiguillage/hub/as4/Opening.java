package aiguillage.hub.as4;

import aiguillage.pki.EcKeys;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.io.CipherInputStream;
import org.bouncycastle.crypto.io.InvalidCipherTextIOException;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/// How the attachments of a message are decrypted (XML Encryption 1.1, SwA profile 1.1).
///
/// Decrypted bytes come before their tag was checked, since a platform's cipher would hold all of them until
/// then. Whoever reads them keeps them only when the stream has come to its end.
public final class Opening {

    /// Keys and encrypted parts of a message.
    static final int ENCRYPTED_MAX = Mime.PARTS_MAX;

    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String CANNOT = "The hub cannot open the payload with its keys: encrypt it, by AES-128-GCM, to"
            + " the certificate at GET /as4/certificates, with RSA-OAEP (SHA-256, MGF1 with SHA-256), or with X25519"
            + " or ECDH-ES on P-256, HKDF and AES-128 key wrap.";

    private final Map<String, Sealed> sealed = new HashMap<>();

    private boolean saysSo;

    private Opening() {}

    /// Of a message in which nothing is encrypted, for who has no keys: what is encrypted all the same is not
    /// as it was signed.
    public static Opening ofNothing() {
        return new Opening();
    }

    private record Sealed(byte[] key, String mimeType) {}

    /// Unwraps the keys of a message's attachments.
    ///
    /// @throws As4Fault when they are encrypted otherwise than here, or to somebody else
    public static Opening of(SoapMessage message, As4Keys keys) throws As4Fault {
        var opening = new Opening();
        Element security = message.security();
        if (security == null) {
            return opening;
        }
        List<Element> wrapped = Nodes.children(security, Names.ENC, "EncryptedKey");
        List<Element> encrypted = Nodes.children(security, Names.ENC, "EncryptedData");
        if (wrapped.size() > ENCRYPTED_MAX || encrypted.size() > ENCRYPTED_MAX) {
            throw new As4Fault(
                    EbmsError.POLICY_NONCOMPLIANCE,
                    "The message has more than " + ENCRYPTED_MAX + " encrypted parts or keys.");
        }
        if (!encrypted.isEmpty() || !wrapped.isEmpty()) {
            opening.saysSo = true;
            Map<String, byte[]> byPart = unwrapped(wrapped, keys);
            for (Element one : encrypted) {
                opening.add(one, byPart.get("#" + Nodes.attribute(one, "Id")));
            }
        }
        return opening;
    }

    private void add(Element encrypted, byte @Nullable [] key) throws As4Fault {
        Element cipher = Nodes.one(encrypted, Names.ENC, "CipherData");
        Element reference = Nodes.one(cipher, Names.ENC, "CipherReference");
        Element transforms = Nodes.one(reference, Names.ENC, "Transforms");
        String transform = Nodes.attribute(Nodes.one(transforms, Names.DS, "Transform"), "Algorithm");
        String method = Nodes.attribute(Nodes.one(encrypted, Names.ENC, "EncryptionMethod"), "Algorithm");
        String uri = Nodes.attribute(reference, "URI");
        boolean isContent = Nodes.attribute(encrypted, "Type").equals(Names.CONTENT_ONLY);
        if (!method.equals(Names.AES128_GCM) || !transform.equals(Names.ATTACHMENT_ENCRYPTED) || !isContent) {
            throw new As4Fault(
                    EbmsError.POLICY_NONCOMPLIANCE,
                    "An encrypted part is not the content of an attachment by " + Names.AES128_GCM + ".");
        }
        if (key == null || !Cid.isOne(uri)) {
            throw new As4Fault(EbmsError.FAILED_DECRYPTION, CANNOT);
        }
        sealed.put(Cid.id(uri), new Sealed(key, Nodes.attribute(encrypted, "MimeType")));
    }

    /// The keys by the parts that they are for.
    private static Map<String, byte[]> unwrapped(List<Element> wrapped, As4Keys keys) throws As4Fault {
        Map<String, byte[]> byPart = new HashMap<>();
        for (Element one : wrapped) {
            Element list = Nodes.oneOrNone(one, Names.ENC, "ReferenceList");
            if (list != null) {
                byte[] key = unwrapped(one, keys);
                for (Element part : Nodes.children(list, Names.ENC, "DataReference")) {
                    byPart.put(Nodes.attribute(part, "URI"), key);
                }
            }
        }
        return byPart;
    }

    /// Says nothing of what went wrong with the key itself: that would help whoever tries keys.
    private static byte[] unwrapped(Element encrypted, As4Keys keys) throws As4Fault {
        Element method = Nodes.one(encrypted, Names.ENC, "EncryptionMethod");
        byte[] wrapped =
                Nodes.base64(Nodes.one(Nodes.one(encrypted, Names.ENC, "CipherData"), Names.ENC, "CipherValue"));
        try {
            Key key = switch (Nodes.attribute(method, "Algorithm")) {
                case Names.RSA_OAEP -> {
                    requireSha256(method);
                    yield Wrapping.ofRsa(keys.rsa(), wrapped);
                }
                case Names.AES128_WRAP -> agreed(encrypted, keys, wrapped);
                default -> throw new As4Fault(EbmsError.FAILED_DECRYPTION, CANNOT);
            };
            byte[] bytes = key.getEncoded();
            if (bytes.length == Wrapping.KEY_BYTES) {
                return bytes;
            }
        } catch (GeneralSecurityException | IllegalArgumentException notForUs) {
            throw new As4Fault(EbmsError.FAILED_DECRYPTION, CANNOT);
        }
        throw new As4Fault(EbmsError.FAILED_DECRYPTION, CANNOT);
    }

    private static void requireSha256(Element method) throws As4Fault {
        Element digest = Nodes.one(method, Names.DS, "DigestMethod");
        Element mask = Nodes.one(method, Names.ENC11, "MGF");
        if (!Nodes.attribute(digest, "Algorithm").equals(Names.SHA256)
                || !Nodes.attribute(mask, "Algorithm").equals(Names.MGF1_SHA256)
                || !Nodes.children(method, Names.ENC, "OAEPparams").isEmpty()) {
            throw new As4Fault(EbmsError.FAILED_DECRYPTION, CANNOT);
        }
    }

    private static Key agreed(Element encrypted, As4Keys keys, byte[] wrapped)
            throws As4Fault, GeneralSecurityException {
        Element agreement = Nodes.one(Nodes.one(encrypted, Names.DS, "KeyInfo"), Names.ENC, "AgreementMethod");
        Element derivation = Nodes.one(agreement, Names.ENC11, "KeyDerivationMethod");
        String algorithm = Nodes.attribute(agreement, "Algorithm");
        boolean isP256 = algorithm.equals(Names.ECDH);
        if ((!isP256 && !algorithm.equals(Names.X25519))
                || !Nodes.attribute(derivation, "Algorithm").equals(Names.HKDF)) {
            throw new As4Fault(EbmsError.FAILED_DECRYPTION, CANNOT);
        }
        Element parameters = Nodes.one(derivation, Names.MORE, "HKDFParams");
        String length = Nodes.textOrNull(parameters, Names.MORE, "KeyLength");
        Element prf = Nodes.one(parameters, Names.MORE, "PRF");
        if (!Nodes.attribute(prf, "Algorithm").equals(Names.HMAC_SHA256)
                || (length != null && !length.equals(Integer.toString(Wrapping.KEY_BYTES)))) {
            throw new As4Fault(EbmsError.FAILED_DECRYPTION, CANNOT);
        }
        Element salt = Nodes.oneOrNone(parameters, Names.MORE, "Salt");
        Element info = Nodes.oneOrNone(parameters, Names.MORE, "Info");
        Element originator = Nodes.one(agreement, Names.ENC, "OriginatorKeyInfo");
        return Wrapping.ofAgreement(
                isP256 ? keys.ecdh() : keys.agreement(),
                isP256 ? ofP256(originator) : ofX25519(originator),
                salt == null ? null : Nodes.base64(salt),
                info == null ? new byte[0] : Nodes.base64(info),
                wrapped);
    }

    private static PublicKey ofX25519(Element originator) throws As4Fault, GeneralSecurityException {
        byte[] der = Nodes.base64(Nodes.one(originator, Names.DS11, "DEREncodedKeyValue"));
        return KeyFactory.getInstance("X25519").generatePublic(new X509EncodedKeySpec(der));
    }

    /// A point that is not on the curve would draw bits of the hub's key out: reading it proves that it is.
    private static PublicKey ofP256(Element originator) throws As4Fault {
        Element der = Nodes.oneOrNone(originator, Names.DS11, "DEREncodedKeyValue");
        if (der != null) {
            return EcKeys.publicKey(SubjectPublicKeyInfo.getInstance(Nodes.base64(der)));
        }
        Element value = Nodes.one(Nodes.one(originator, Names.DS, "KeyValue"), Names.DS11, "ECKeyValue");
        if (!Nodes.attribute(Nodes.one(value, Names.DS11, "NamedCurve"), "URI").equals(Names.P256)) {
            throw new As4Fault(EbmsError.FAILED_DECRYPTION, CANNOT);
        }
        var algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);
        byte[] point = Nodes.base64(Nodes.one(value, Names.DS11, "PublicKey"));
        return EcKeys.publicKey(new SubjectPublicKeyInfo(algorithm, point));
    }

    /// Whether nothing is encrypted, and nothing says that it is.
    boolean isEmpty() {
        return !saysSo;
    }

    /// The media type that a part has below its encryption, or the one that it says itself.
    String mimeType(Mime.Part part) {
        Sealed one = sealed.get(part.contentId());
        return one == null ? part.contentType() : one.mimeType();
    }

    /// A part's bytes below its encryption.
    ///
    /// @throws IOException when they break off
    InputStream open(Mime.Part part) throws IOException {
        Sealed one = sealed.get(part.contentId());
        if (one == null) {
            return part.body();
        }
        byte[] iv = part.body().readNBytes(IV_BYTES);
        if (iv.length < IV_BYTES) {
            throw new InvalidCipherTextIOException("no initialization vector", null);
        }
        GCMModeCipher cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(false, new AEADParameters(new KeyParameter(one.key()), TAG_BITS, iv));
        return new CipherInputStream(part.body(), cipher, 16 << 10);
    }
}
