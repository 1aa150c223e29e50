package aiguillage.protocol.signature;

/// The two headers that a signed request carries.
///
/// @param signatureInput value of `Signature-Input`
/// @param signature value of `Signature`
public record SignatureHeaders(String signatureInput, String signature) {

    public static final String INPUT_NAME = "signature-input";
    public static final String SIGNATURE_NAME = "signature";
}
