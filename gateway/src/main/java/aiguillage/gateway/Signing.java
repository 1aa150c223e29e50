package aiguillage.gateway;

import aiguillage.gateway.identity.Identity;
import aiguillage.gateway.link.RequestSigner;
import aiguillage.gateway.outbox.Waiting;
import aiguillage.pki.Credential;
import aiguillage.protocol.signature.KeyId;
import aiguillage.protocol.signature.MessageSignature;
import aiguillage.protocol.signature.SignatureHeaders;
import aiguillage.protocol.signature.SignedMessage;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;

/// Signs the documents of the flows listed under `signed`, with the key of the certificate in use.
final class Signing implements RequestSigner {

    private final GatewayConfig config;
    private final Identity identity;
    private final InstantSource clock;

    Signing(GatewayConfig config, Identity identity, InstantSource clock) {
        this.config = config;
        this.identity = identity;
        this.clock = clock;
    }

    @Override
    public Map<String, String> sign(Waiting document, URI target, Map<String, String> headers) {
        if (!config.signs(document.flow())) {
            return Map.of();
        }
        Credential credential = identity.credential();
        SignatureHeaders signed = MessageSignature.sign(
                new SignedMessage("POST", target.getRawPath(), headers),
                credential.key(),
                KeyId.of(credential.chain().leaf()),
                clock.instant());
        return Map.of(
                SignatureHeaders.INPUT_NAME, signed.signatureInput(),
                SignatureHeaders.SIGNATURE_NAME, signed.signature());
    }
}
