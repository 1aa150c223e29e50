package aiguillage.protocol.signature;

import aiguillage.protocol.Digest;
import java.io.ByteArrayInputStream;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// A party with a key and a certificate, and the claim that it sends.
record Signer(KeyPair pair, X509Certificate certificate) {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    static Signer random() throws Exception {
        return random("secp256r1");
    }

    static Signer random(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        KeyPair pair = generator.generateKeyPair();
        var algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        var name = new X500Name("CN=garage-1");
        var unsigned = new V3TBSCertificateGenerator();
        unsigned.setSerialNumber(new ASN1Integer(1));
        unsigned.setIssuer(name);
        unsigned.setSubject(name);
        unsigned.setStartDate(new Time(Date.from(NOW)));
        unsigned.setEndDate(new Time(Date.from(NOW.plusSeconds(86_400))));
        unsigned.setSignature(algorithm);
        unsigned.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
        var body = unsigned.generateTBSCertificate();
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(body.getEncoded());
        var whole = new ASN1EncodableVector();
        whole.add(body);
        whole.add(algorithm);
        whole.add(new DERBitString(signature.sign()));
        return new Signer(pair, (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(new DERSequence(whole).getEncoded())));
    }

    /// A claim without a signature.
    static SignedMessage claim() {
        return new SignedMessage("POST", "/v1/documents", headers());
    }

    static Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        headers.put("host", "hub.example");
        headers.put("content-type", "application/xml");
        headers.put("content-digest", Digest.of(new byte[] {1, 2, 3}).toString());
        headers.put("ce-specversion", "1.0");
        headers.put("ce-id", "claim-1");
        headers.put("ce-source", "urn:aiguillage:party:garage-1");
        headers.put("ce-type", "opel/warranty-claim");
        headers.put("ce-subject", "W-4711");
        return headers;
    }

    KeyId keyId() {
        return KeyId.of(certificate);
    }

    /// The claim, signed now.
    SignedMessage signedClaim() {
        return with(claim(), MessageSignature.sign(claim(), pair.getPrivate(), keyId(), NOW));
    }

    static SignedMessage with(SignedMessage message, SignatureHeaders signed) {
        Map<String, String> headers = new TreeMap<>(message.headers());
        headers.put(SignatureHeaders.INPUT_NAME, signed.signatureInput());
        headers.put(SignatureHeaders.SIGNATURE_NAME, signed.signature());
        return new SignedMessage(message.method(), message.path(), headers);
    }

    static SignedMessage with(SignedMessage message, String name, String value) {
        Map<String, String> headers = new TreeMap<>(message.headers());
        headers.put(name, value);
        return new SignedMessage(message.method(), message.path(), headers);
    }

    Verdict verdict(SignedMessage message) {
        return MessageSignature.verify(message, certificate, Freshness.DEFAULT, NOW);
    }
}
