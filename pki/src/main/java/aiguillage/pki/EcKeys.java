package aiguillage.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/// Elliptic-curve key pairs. Parties make P-256; P-384 is accepted too, since some security modules are set to
/// it.
public final class EcKeys {

    private static final String MADE_BY_US = "secp256r1";
    private static final Map<ASN1ObjectIdentifier, String> ACCEPTED =
            Map.of(SECObjectIdentifiers.secp256r1, "P-256", SECObjectIdentifiers.secp384r1, "P-384");

    private EcKeys() {}

    /// A new P-256 key pair.
    public static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(MADE_BY_US));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK makes P-256 keys", e);
        }
    }

    /// The pair of a private key: its public half is computed, since PKCS#8 files need not hold it.
    ///
    /// @throws IllegalArgumentException when the key is not on an accepted curve
    public static KeyPair pairOf(PrivateKey privateKey) {
        if (!(privateKey instanceof ECPrivateKey ec)) {
            throw new IllegalArgumentException("the key is " + privateKey.getAlgorithm()
                    + "; a party's key is an elliptic-curve key on P-256 or P-384");
        }
        AlgorithmIdentifier algorithm =
                PrivateKeyInfo.getInstance(ec.getEncoded()).getPrivateKeyAlgorithm();
        X9ECParameters curve = ECNamedCurveTable.getByOID(acceptedCurve(algorithm));
        byte[] point = new FixedPointCombMultiplier()
                .multiply(curve.getG(), ec.getS())
                .normalize()
                .getEncoded(false);
        return new KeyPair(publicKey(new SubjectPublicKeyInfo(algorithm, point)), ec);
    }

    /// Whether a key is a point of P-256.
    public static boolean isP256(PublicKey key) {
        return key.getAlgorithm().equals("EC")
                && SECObjectIdentifiers.secp256r1.equals(SubjectPublicKeyInfo.getInstance(key.getEncoded())
                        .getAlgorithm()
                        .getParameters());
    }

    /// Reads a public key, when it is a point of P-256 or P-384.
    ///
    /// @throws IllegalArgumentException when it is anything else; the message names what it is
    public static PublicKey publicKey(SubjectPublicKeyInfo info) {
        X9ECParameters curve = ECNamedCurveTable.getByOID(acceptedCurve(info.getAlgorithm()));
        byte[] encoded = info.getPublicKeyData().getOctets();
        if (encoded.length == 0) {
            throw new IllegalArgumentException("the public key is empty");
        }
        try {
            // Decoding proves that the point is on the curve; re-encoding undoes point compression, which JDKs
            // refuse.
            byte[] point = curve.getCurve().decodePoint(encoded).getEncoded(false);
            var uncompressed = new SubjectPublicKeyInfo(info.getAlgorithm(), point);
            return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(uncompressed.getEncoded("DER")));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the public key is not a point of its curve", e);
        }
    }

    private static ASN1ObjectIdentifier acceptedCurve(AlgorithmIdentifier algorithm) {
        if (!X9ObjectIdentifiers.id_ecPublicKey.equals(algorithm.getAlgorithm())) {
            throw new IllegalArgumentException("the key's algorithm is " + algorithm.getAlgorithm()
                    + "; use an elliptic-curve key on P-256 (openssl: -newkey ec -pkeyopt ec_paramgen_curve:P-256)");
        }
        if (algorithm.getParameters() instanceof ASN1ObjectIdentifier curve && ACCEPTED.containsKey(curve)) {
            return curve;
        }
        throw new IllegalArgumentException(
                "the key's curve is " + algorithm.getParameters() + "; use P-256 or P-384, by name");
    }

    /// The signature algorithm that suits a key: the hash is as strong as the curve. RSA only for corporate
    /// authorities that sign for us.
    static String signatureAlgorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "EC" ->
                key instanceof ECPrivateKey ec && ec.getParams().getOrder().bitLength() > 256
                        ? "SHA384withECDSA"
                        : "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default ->
                throw new IllegalArgumentException(
                        "cannot sign certificates with a key of type " + key.getAlgorithm() + "; use EC or RSA");
        };
    }
}
