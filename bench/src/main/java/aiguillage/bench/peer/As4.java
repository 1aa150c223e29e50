package aiguillage.bench.peer;

import aiguillage.bench.server.Site;
import aiguillage.protocol.PartyId;
import com.helger.base.state.ETriState;
import com.helger.collection.commons.CommonsArrayList;
import com.helger.mime.CMimeType;
import com.helger.phase4.CAS4;
import com.helger.phase4.attachment.IAS4IncomingAttachmentFactory;
import com.helger.phase4.attachment.WSS4JAttachment;
import com.helger.phase4.client.AS4ClientBuiltMessage;
import com.helger.phase4.client.AS4ClientUserMessage;
import com.helger.phase4.crypto.AS4CryptoFactoryInMemoryKeyStore;
import com.helger.phase4.crypto.ECryptoAlgorithmSign;
import com.helger.phase4.crypto.ECryptoAlgorithmSignDigest;
import com.helger.phase4.crypto.IAS4CryptoFactory;
import com.helger.phase4.incoming.AS4IncomingMessageMetadata;
import com.helger.phase4.incoming.AS4IncomingProfileSelectorConstant;
import com.helger.phase4.incoming.AS4IncomingReceiverConfiguration;
import com.helger.phase4.incoming.AS4RequestHandler;
import com.helger.phase4.incoming.crypto.AS4IncomingSecurityConfiguration;
import com.helger.phase4.incoming.spi.IAS4IncomingMessageProcessorSPI;
import com.helger.phase4.mgr.MetaAS4Manager;
import com.helger.phase4.model.EMEP;
import com.helger.phase4.model.EMEPBinding;
import com.helger.phase4.model.ESoapVersion;
import com.helger.phase4.model.pmode.PMode;
import com.helger.phase4.model.pmode.PModeParty;
import com.helger.phase4.model.pmode.PModeReceptionAwareness;
import com.helger.phase4.model.pmode.leg.EPModeSendReceiptReplyPattern;
import com.helger.phase4.model.pmode.leg.PModeLeg;
import com.helger.phase4.model.pmode.leg.PModeLegBusinessInformation;
import com.helger.phase4.model.pmode.leg.PModeLegProtocol;
import com.helger.phase4.model.pmode.leg.PModeLegSecurity;
import com.helger.phase4.profile.AS4Profile;
import com.helger.phase4.util.AS4ResourceHelper;
import com.helger.phase4.wss.EWSSVersion;
import com.helger.servlet.mock.MockServletContext;
import com.helger.web.scope.mgr.WebScopeManager;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.HttpEntity;

/// phase4 set up as in the eDelivery AS4 common profile, without encryption: SOAP 1.2 with the payload as MIME
/// attachment, RSA-2048 with SHA-256, a signed receipt with non-repudiation information in the same exchange.
final class As4 implements AutoCloseable {

    private static final String PROFILE = "bench";
    private static final String ID = "bench";
    private static final String SERVICE = "https://aiguillage.example/claims";
    private static final String ACTION = "claim";

    private final PMode mode;
    private final IAS4CryptoFactory keys;
    private final CommonsArrayList<IAS4IncomingMessageProcessorSPI> processors;

    private As4(PMode mode, IAS4CryptoFactory keys, IAS4IncomingMessageProcessorSPI processor) {
        this.mode = mode;
        this.keys = keys;
        this.processors = new CommonsArrayList<>(processor);
    }

    /// Starts phase4's global scope, of which a process has one.
    ///
    /// @param folder where payloads are written
    static As4 open(Path folder) throws Exception {
        return open(folder, As4Keys.generate(ID), ID);
    }

    /// The same with a key that is there already.
    static As4 open(Path folder, As4Keys keys, String alias) throws Exception {
        WebScopeManager.onGlobalBegin(MockServletContext.create());
        MetaAS4Manager.setFactory(new InMemory());
        PMode mode = mode();
        MetaAS4Manager.getPModeMgr().createOrUpdatePMode(mode);
        MetaAS4Manager.getProfileMgr()
                .registerProfile(
                        new AS4Profile(PROFILE, PROFILE, () -> null, (_, _, _) -> mode, (_, _) -> ID, false, false));
        return new As4(
                mode,
                new AS4CryptoFactoryInMemoryKeyStore(keys.store(), alias, As4Keys.PASSWORD.toCharArray(), keys.trust()),
                new PayloadFiles(folder));
    }

    private static PMode mode() {
        var security = new PModeLegSecurity();
        security.setWSSVersion(EWSSVersion.WSS_111);
        security.setX509SignatureAlgorithm(ECryptoAlgorithmSign.RSA_SHA_256);
        security.setX509SignatureHashFunction(ECryptoAlgorithmSignDigest.DIGEST_SHA_256);
        security.setSendReceipt(true);
        security.setSendReceiptReplyPattern(EPModeSendReceiptReplyPattern.RESPONSE);
        security.setSendReceiptNonRepudiation(true);
        var leg = new PModeLeg();
        leg.setProtocol(new PModeLegProtocol("https://localhost/", ESoapVersion.SOAP_12));
        leg.setBusinessInfo(PModeLegBusinessInformation.create(SERVICE, ACTION, null, CAS4.DEFAULT_MPC_ID));
        leg.setSecurity(security);
        var noDuplicateDetection = new PModeReceptionAwareness(ETriState.TRUE, ETriState.FALSE, 0, 0, ETriState.FALSE);
        return new PMode(
                ID,
                PModeParty.createSimple(Site.dealer(0).value(), CAS4.DEFAULT_INITIATOR_URL),
                PModeParty.createSimple(Site.HUB.value(), CAS4.DEFAULT_RESPONDER_URL),
                ID,
                EMEP.ONE_WAY,
                EMEPBinding.PUSH,
                leg,
                null,
                null,
                noDuplicateDetection);
    }

    /// For one request.
    AS4RequestHandler handler() {
        var handler = new AS4RequestHandler(AS4IncomingMessageMetadata.createForRequest());
        handler.setCryptoFactory(keys);
        handler.setPModeResolver((_, _, _, _, _, _, _) -> mode);
        handler.setIncomingProfileSelector(new AS4IncomingProfileSelectorConstant(PROFILE, false));
        handler.setIncomingAttachmentFactory(IAS4IncomingAttachmentFactory.DEFAULT_INSTANCE);
        handler.setIncomingSecurityConfiguration(AS4IncomingSecurityConfiguration.createDefaultInstance());
        handler.setIncomingReceiverConfiguration(new AS4IncomingReceiverConfiguration());
        handler.setProcessorSupplier(() -> processors);
        return handler;
    }

    /// Whose message it is, and what for.
    private record Business(String service, String action, String from, String to) {}

    /// Whole HTTP requests, each a signed message with an id of its own, to phase4 itself.
    List<byte[]> messages(int count, int payloadBytes) throws Exception {
        return messages(
                count,
                payloadBytes,
                new Business(SERVICE, ACTION, Site.dealer(0).value(), Site.HUB.value()));
    }

    /// The same from a dealer to the hub.
    List<byte[]> messagesToHub(int dealer, int count, int payloadBytes) throws Exception {
        return messages(
                count,
                payloadBytes,
                new Business(
                        "urn:aiguillage:brand:" + Site.FLOW.brand(),
                        Site.FLOW.kind(),
                        PartyId.URN_PREFIX + Site.dealer(dealer),
                        PartyId.URN_PREFIX + Site.HUB));
    }

    private List<byte[]> messages(int count, int payloadBytes, Business business) throws Exception {
        List<byte[]> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            try (var resources = new AS4ResourceHelper()) {
                requests.add(request(message(resources, i, payloadBytes, business)));
            }
        }
        return requests;
    }

    private AS4ClientBuiltMessage message(AS4ResourceHelper resources, int number, int payloadBytes, Business business)
            throws Exception {
        String text = "<claim id=\"" + number + "\">" + " ".repeat(payloadBytes);
        byte[] payload = (text.substring(0, payloadBytes - 8) + "</claim>").getBytes(StandardCharsets.US_ASCII);
        var client = new AS4ClientUserMessage(resources);
        client.setSoapVersion(ESoapVersion.SOAP_12);
        client.setCryptoFactory(keys);
        client.signingParams()
                .setAlgorithmSign(ECryptoAlgorithmSign.RSA_SHA_256)
                .setAlgorithmSignDigest(ECryptoAlgorithmSignDigest.DIGEST_SHA_256);
        client.setServiceValue(business.service);
        client.setAction(business.action);
        client.setConversationID("conversation-" + number);
        client.setAgreementRefValue(ID);
        client.setPModeID(ID);
        client.setFromRole(CAS4.DEFAULT_INITIATOR_URL);
        client.setFromPartyID(business.from);
        client.setToRole(CAS4.DEFAULT_RESPONDER_URL);
        client.setToPartyID(business.to);
        client.addAttachment(WSS4JAttachment.createOutgoingFileAttachment(
                payload,
                "payload-" + number + "@bench",
                "claim.xml",
                CMimeType.APPLICATION_XML,
                null,
                StandardCharsets.US_ASCII,
                resources));
        return client.buildMessage(client.createMessageID(), null);
    }

    private static byte[] request(AS4ClientBuiltMessage message) throws Exception {
        HttpEntity entity = message.getHttpEntity();
        var body = new ByteArrayOutputStream();
        entity.writeTo(body);
        String head = "POST /as4 HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                + entity.getContentType().replaceAll("\\s+", " ") + "\r\nContent-Length: " + body.size()
                + "\r\n\r\n";
        var request = new ByteArrayOutputStream();
        request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body.toByteArray());
        return request.toByteArray();
    }

    @Override
    public void close() {
        WebScopeManager.onGlobalEnd();
    }
}
