package aiguillage.hub.as4;

import aiguillage.pki.EcKeys;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// Encrypts one attachment to its reader by AES-128-GCM, as it is read. For one message.
final class Sealing {

    /// What encryption adds to an attachment.
    static final int ADDED_BYTES = 12 + 16;

    private static final int IV_BYTES = 12;
    private static final int SALT_BYTES = 16;
    private static final int TAG_BITS = 128;

    private final String header;
    private final SecretKey key;
    private final byte[] iv;

    private Sealing(String header, SecretKey key, byte[] iv) {
        this.header = header;
        this.key = key;
        this.iv = iv;
    }

    /// @param reader its key is RSA's, X25519's, or of P-256
    /// @param mimeType of the attachment before it is encrypted
    static Sealing of(X509Certificate reader, String contentId, String mimeType, SecureRandom random) {
        var bytes = new byte[Wrapping.KEY_BYTES];
        random.nextBytes(bytes);
        SecretKey key = new SecretKeySpec(bytes, "AES");
        var iv = new byte[IV_BYTES];
        random.nextBytes(iv);
        try {
            String wrapped = reader.getPublicKey().getAlgorithm().equals("RSA")
                    ? byRsa(reader, key)
                    : byAgreement(reader, key, random);
            String header = Signer.token("reader", reader) + "<xenc:EncryptedKey xmlns:xenc=\"" + Names.ENC
                    + "\" xmlns:ds=\"" + Names.DS + "\" Id=\"key\">" + wrapped
                    + "<xenc:ReferenceList><xenc:DataReference URI=\"#payload\"/></xenc:ReferenceList></xenc:EncryptedKey>"
                    + "<xenc:EncryptedData xmlns:xenc=\"" + Names.ENC + "\" xmlns:ds=\"" + Names.DS
                    + "\" Id=\"payload\" MimeType=\"" + mimeType + "\" Type=\"" + Names.CONTENT_ONLY
                    + "\"><xenc:EncryptionMethod Algorithm=\"" + Names.AES128_GCM
                    + "\"/><ds:KeyInfo><wsse:SecurityTokenReference xmlns:wsse11=\"" + Names.TOKEN_TYPE
                    + "\" wsse11:TokenType=\"" + Names.ENCRYPTED_KEY
                    + "\"><wsse:Reference URI=\"#key\"/></wsse:SecurityTokenReference></ds:KeyInfo><xenc:CipherData>"
                    + "<xenc:CipherReference URI=\"cid:" + MessageText.attribute(contentId)
                    + "\"><xenc:Transforms><ds:Transform Algorithm=\"" + Names.ATTACHMENT_ENCRYPTED
                    + "\"/></xenc:Transforms></xenc:CipherReference></xenc:CipherData></xenc:EncryptedData>";
            return new Sealing(header, key, iv);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "nothing can be encrypted to \""
                            + reader.getSubjectX500Principal().getName() + "\": " + e.getMessage(),
                    e);
        }
    }

    private static String byRsa(X509Certificate reader, SecretKey key) throws GeneralSecurityException {
        return "<xenc:EncryptionMethod Algorithm=\"" + Names.RSA_OAEP + "\"><ds:DigestMethod Algorithm=\""
                + Names.SHA256
                + "\"/><xenc11:MGF xmlns:xenc11=\"" + Names.ENC11 + "\" Algorithm=\"" + Names.MGF1_SHA256
                + "\"/></xenc:EncryptionMethod><ds:KeyInfo>" + Signer.reference("reader") + "</ds:KeyInfo>"
                + cipherValue(Wrapping.byRsa(reader.getPublicKey(), key));
    }

    private static String byAgreement(X509Certificate reader, SecretKey key, SecureRandom random)
            throws GeneralSecurityException {
        boolean isP256 = reader.getPublicKey().getAlgorithm().equals("EC");
        KeyPair once = isP256
                ? EcKeys.generate()
                : KeyPairGenerator.getInstance("X25519").generateKeyPair();
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] wrapped = Wrapping.byAgreement(once.getPrivate(), reader.getPublicKey(), salt, key);
        return "<xenc:EncryptionMethod Algorithm=\"" + Names.AES128_WRAP
                + "\"/><ds:KeyInfo><xenc:AgreementMethod Algorithm=\""
                + (isP256 ? Names.ECDH : Names.X25519)
                + "\"><xenc11:KeyDerivationMethod xmlns:xenc11=\"" + Names.ENC11 + "\" Algorithm=\"" + Names.HKDF
                + "\"><more:HKDFParams xmlns:more=\"" + Names.MORE + "\"><more:PRF Algorithm=\"" + Names.HMAC_SHA256
                + "\"/><more:Salt>" + base64(salt) + "</more:Salt><more:KeyLength>" + Wrapping.KEY_BYTES
                + "</more:KeyLength></more:HKDFParams></xenc11:KeyDerivationMethod><xenc:OriginatorKeyInfo>"
                + (isP256 ? ecKey(once.getPublic()) : derKey(once.getPublic()))
                + "</xenc:OriginatorKeyInfo><xenc:RecipientKeyInfo>"
                + Signer.reference("reader") + "</xenc:RecipientKeyInfo></xenc:AgreementMethod></ds:KeyInfo>"
                + cipherValue(wrapped);
    }

    private static String derKey(PublicKey key) {
        return "<dsig11:DEREncodedKeyValue xmlns:dsig11=\"" + Names.DS11 + "\">" + base64(key.getEncoded())
                + "</dsig11:DEREncodedKeyValue>";
    }

    /// As XML Signature 1.1 (4.5.2.3) has it: the curve, and the point as it stands in the key's encoding.
    private static String ecKey(PublicKey key) {
        byte[] point = SubjectPublicKeyInfo.getInstance(key.getEncoded())
                .getPublicKeyData()
                .getOctets();
        return "<ds:KeyValue><dsig11:ECKeyValue xmlns:dsig11=\"" + Names.DS11 + "\"><dsig11:NamedCurve URI=\""
                + Names.P256 + "\"/><dsig11:PublicKey>" + base64(point)
                + "</dsig11:PublicKey></dsig11:ECKeyValue></ds:KeyValue>";
    }

    private static String cipherValue(byte[] wrapped) {
        return "<xenc:CipherData><xenc:CipherValue>" + base64(wrapped) + "</xenc:CipherValue></xenc:CipherData>";
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// What stands in the security header.
    String header() {
        return header;
    }

    /// The attachment, encrypted as it is read. Once: the same key and vector never meet other bytes.
    InputStream sealed(InputStream plain) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, iv));
            return new SequenceInputStream(new ByteArrayInputStream(iv), new CipherInputStream(plain, cipher));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has AES-GCM", e);
        }
    }
}
