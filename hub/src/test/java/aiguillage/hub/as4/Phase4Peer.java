package aiguillage.hub.as4;

import com.helger.base.state.ETriState;
import com.helger.httpclient.HttpClientFactory;
import com.helger.httpclient.HttpClientSettings;
import com.helger.mime.CMimeType;
import com.helger.phase4.CAS4;
import com.helger.phase4.attachment.AS4OutgoingAttachment;
import com.helger.phase4.attachment.EAS4CompressionMode;
import com.helger.phase4.attachment.WSS4JAttachment;
import com.helger.phase4.client.AS4ClientErrorMessage;
import com.helger.phase4.client.AS4ClientReceiptMessage;
import com.helger.phase4.client.AS4ClientUserMessage;
import com.helger.phase4.client.AbstractAS4Client;
import com.helger.phase4.crypto.AS4CryptParams;
import com.helger.phase4.crypto.AS4CryptoFactoryInMemoryKeyStore;
import com.helger.phase4.crypto.ECryptoAlgorithmCrypt;
import com.helger.phase4.crypto.ECryptoAlgorithmSign;
import com.helger.phase4.crypto.ECryptoAlgorithmSignDigest;
import com.helger.phase4.crypto.IAS4CryptoFactory;
import com.helger.phase4.ebms3header.Ebms3SignalMessage;
import com.helger.phase4.ebms3header.Ebms3UserMessage;
import com.helger.phase4.incoming.IAS4IncomingMessageState;
import com.helger.phase4.mgr.AS4ManagerFactoryInMemory;
import com.helger.phase4.mgr.MetaAS4Manager;
import com.helger.phase4.model.EMEP;
import com.helger.phase4.model.EMEPBinding;
import com.helger.phase4.model.ESoapVersion;
import com.helger.phase4.model.MessageProperty;
import com.helger.phase4.model.error.EEbmsError;
import com.helger.phase4.model.mpc.MPC;
import com.helger.phase4.model.pmode.PMode;
import com.helger.phase4.model.pmode.PModeParty;
import com.helger.phase4.model.pmode.PModeReceptionAwareness;
import com.helger.phase4.model.pmode.leg.EPModeSendReceiptReplyPattern;
import com.helger.phase4.model.pmode.leg.PModeLeg;
import com.helger.phase4.model.pmode.leg.PModeLegBusinessInformation;
import com.helger.phase4.model.pmode.leg.PModeLegProtocol;
import com.helger.phase4.model.pmode.leg.PModeLegSecurity;
import com.helger.phase4.profile.AS4Profile;
import com.helger.phase4.sender.AS4Sender;
import com.helger.phase4.util.AS4ResourceHelper;
import com.helger.phase4.wss.EWSSVersion;
import com.helger.servlet.mock.MockServletContext;
import com.helger.web.scope.mgr.WebScopeManager;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.jspecify.annotations.NullUnmarked;
import org.w3c.dom.Document;

/// Another AS4 gateway, phase4, in a process of its own: an independent sender and receiver. Reads orders as
/// lines, and answers each with a line.
///
/// For each party it speaks for its folder has one, which holds `tls.p12` (key, and the hub's authority), and
/// for each suite `<suite>.p12` (`sign`, and `open` where it is sent encrypted payloads) and `<suite>-hub.p12`
/// (`hub`, what it encrypts to; `signer`, whom it believes).
@NullUnmarked // phase4 says null of nearly everything it returns
public final class Phase4Peer {

    static final String PASSWORD = "test";

    private static final String PROFILE = "test";

    /// Held, since a logger that nobody holds forgets its level.
    private static final Logger QUIET = Logger.getLogger("org.apache.jcp");

    private final Path folder;
    private final String party;
    private final String url;
    private final HttpClientFactory http;
    private Phase4Receiver receiver;

    private Phase4Peer(Path folder, String party, String url) throws Exception {
        this.folder = folder;
        this.party = party;
        this.url = url;
        this.http = new HttpClientFactory(settings());
    }

    /// @param arguments the folder, the hub's address, the parties
    public static void main(String[] arguments) throws Exception {
        QUIET.setLevel(Level.OFF);
        WebScopeManager.onGlobalBegin(MockServletContext.create());
        MetaAS4Manager.setFactory(new AS4ManagerFactoryInMemory());
        var peers = new HashMap<String, Phase4Peer>();
        for (String party : Arrays.asList(arguments).subList(2, arguments.length)) {
            peers.put(party, new Phase4Peer(Path.of(arguments[0], party), party, arguments[1]));
        }
        for (String suite : new String[] {"ed25519", "rsa", "ec"}) {
            MetaAS4Manager.getPModeMgr().createOrUpdatePMode(mode(suite, arguments[1]));
        }
        for (String flow : new String[] {"opel/film", "opel/letter", "opel/other", "opel/told", "opel/told.notice"}) {
            MetaAS4Manager.getMPCMgr().createMPC(new MPC("urn:aiguillage:flow:" + flow));
        }
        MetaAS4Manager.getProfileMgr()
                .registerProfile(new AS4Profile(
                        PROFILE,
                        PROFILE,
                        () -> null,
                        (_, _, _) -> mode("rsa", arguments[1]),
                        (_, _) -> "rsa",
                        false,
                        false));
        System.out.println("> ready");
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String answer;
            try {
                String[] parts = order.split(" ", -1);
                answer = peers.get(parts[0]).answer(Arrays.copyOfRange(parts, 1, parts.length));
            } catch (Exception e) {
                e.printStackTrace();
                answer = "failed " + e;
            }
            System.out.println("> " + answer.replaceAll("\\s+", " "));
        }
        WebScopeManager.onGlobalEnd();
    }

    private HttpClientSettings settings() throws Exception {
        var settings = new HttpClientSettings();
        settings.setSSLContext(tls());
        settings.setRetryCount(0);
        return settings;
    }

    private SSLContext tls() throws Exception {
        KeyStore store = store("tls.p12");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store("tls-trust.p12"));
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return tls;
    }

    private KeyStore store(String name) throws Exception {
        return KeyStore.getInstance(folder.resolve(name).toFile(), PASSWORD.toCharArray());
    }

    private IAS4CryptoFactory keys(String suite) throws Exception {
        return keys(suite, "sign");
    }

    private IAS4CryptoFactory keys(String suite, String alias) throws Exception {
        return new AS4CryptoFactoryInMemoryKeyStore(
                store(suite + ".p12"), alias, PASSWORD.toCharArray(), store(suite + "-hub.p12"));
    }

    private static ECryptoAlgorithmSign algorithm(String suite) {
        return switch (suite) {
            case "ed25519" -> ECryptoAlgorithmSign.EDDSA_ED25519;
            case "ec" -> ECryptoAlgorithmSign.ECDSA_SHA_256;
            default -> ECryptoAlgorithmSign.RSA_SHA_256;
        };
    }

    private PMode mode(String suite) {
        return mode(suite, url);
    }

    private static PMode mode(String suite, String url) {
        var security = new PModeLegSecurity();
        security.setWSSVersion(EWSSVersion.WSS_111);
        security.setX509SignatureAlgorithm(algorithm(suite));
        security.setX509SignatureHashFunction(ECryptoAlgorithmSignDigest.DIGEST_SHA_256);
        security.setX509EncryptionAlgorithm(ECryptoAlgorithmCrypt.AES_128_GCM);
        security.setX509EncryptionMinimumStrength(128);
        security.setSendReceipt(true);
        security.setSendReceiptReplyPattern(EPModeSendReceiptReplyPattern.RESPONSE);
        security.setSendReceiptNonRepudiation(true);
        var leg = new PModeLeg(
                new PModeLegProtocol(url, ESoapVersion.SOAP_12),
                PModeLegBusinessInformation.create("any", "any", null, CAS4.DEFAULT_MPC_ID),
                null,
                null,
                security);
        return new PMode(
                suite,
                PModeParty.createSimple("a", CAS4.DEFAULT_INITIATOR_URL),
                PModeParty.createSimple("b", CAS4.DEFAULT_RESPONDER_URL),
                suite,
                EMEP.ONE_WAY,
                EMEPBinding.PUSH,
                leg,
                null,
                null,
                new PModeReceptionAwareness(ETriState.TRUE, ETriState.FALSE, 0, 0, ETriState.FALSE));
    }

    private String answer(String[] order) throws Exception {
        return switch (order[0]) {
            case "push" -> push(order[1], order[2], order[3], order[4], order[5]);
            case "build" -> build(order[1], order[2], order[3], Path.of(order[4]), order[5], Path.of(order[6]));
            case "listen" -> {
                receiver = new Phase4Receiver(tls(), keys(order[1]), keys(order[1], "open"), mode(order[1]), PROFILE);
                yield Integer.toString(receiver.port());
            }
            case "received" -> receiver.next();
            case "judge" -> {
                var judge = new Phase4Receiver(tls(), keys("judge"), keys("judge"), mode(order[1]), PROFILE);
                yield judge.judge(Path.of(order[2]));
            }
            case "pull" -> pull(order[1], order[2], Path.of(order[3]), order[4]);
            default -> "unknown order";
        };
    }

    /// `push <suite> <id> <service>#<action> <payload>,… <how>`: as phase4's users send, with its check of the
    /// receipt.
    private String push(String suite, String id, String flow, String payloads, String how) throws Exception {
        var answered = new AtomicReference<String>("nothing");
        var checked = new AtomicReference<String>("unchecked");
        AS4Sender.BuilderUserMessage message = AS4Sender.builderUserMessage()
                .as4ProfileID(PROFILE)
                .httpClientFactory(http)
                .cryptoFactory(keys(suite))
                .soapVersion(ESoapVersion.SOAP_12)
                .pmode(mode(suite))
                .pmodeResolver((_, _, _, _, _, _, _) -> mode(suite))
                .messageID(id)
                .conversationID("conversation-" + id)
                .service(flow.substring(0, flow.indexOf('#')))
                .action(flow.substring(flow.indexOf('#') + 1))
                .fromPartyID("urn:aiguillage:party:" + party)
                .fromRole(CAS4.DEFAULT_INITIATOR_URL)
                .toPartyID("urn:aiguillage:party:hub.example")
                .toRole(CAS4.DEFAULT_RESPONDER_URL)
                .messageProperty(MessageProperty.builder()
                        .name("originalSender")
                        .value("urn:aiguillage:party:" + party)
                        .build())
                .endpointURL(url)
                .withSigningParams(signing -> signing.setAlgorithmSign(algorithm(suite))
                        .setAlgorithmSignDigest(ECryptoAlgorithmSignDigest.DIGEST_SHA_256))
                .signalMsgConsumer((signal, _, _) -> answered.set(text(signal)))
                .signalMsgValidationResultHdl(new com.helger.phase4.sender.IAS4SignalMessageValidationResultHandler() {
                    @Override
                    public void onSuccess() {
                        checked.set("checked");
                    }

                    @Override
                    public void onError(String why) {
                        checked.set("wrong: " + why);
                    }

                    @Override
                    public void onNotApplicable() {
                        checked.set("not applicable");
                    }
                });
        for (String payload : payloads.split(",", -1)) {
            message.addAttachment(AS4OutgoingAttachment.builder()
                    .data(Path.of(payload).toFile())
                    .mimeType(payload.endsWith(".json") ? CMimeType.APPLICATION_JSON : CMimeType.APPLICATION_XML)
                    .compression(how.contains("bare") ? null : EAS4CompressionMode.GZIP));
        }
        if (how.contains("sealed")) {
            X509Certificate hub = (X509Certificate) store(suite + "-hub.p12").getCertificate("hub");
            message.withCryptParams(crypt -> {
                crypt.setAlgorithmCrypt(ECryptoAlgorithmCrypt.AES_128_GCM).setCertificate(hub);
                agree(suite, crypt);
            });
        }
        var failed = new AtomicReference<Exception>();
        var result = message.sendMessageAndCheckForReceipt(failed::set);
        return result + " " + checked + " " + answered
                + (failed.get() == null
                        ? ""
                        : " " + failed.get() + " because " + failed.get().getCause());
    }

    /// As the profile of its suite says; with RSA the key is transported.
    private static void agree(String suite, AS4CryptParams crypt) {
        switch (suite) {
            case "ed25519" -> crypt.setEDelivery2KeyAgreementX25519();
            case "ec" -> crypt.setEDelivery2KeyAgreementECDHES();
            default -> {}
        }
    }

    private static String text(Ebms3SignalMessage signal) {
        if (signal.hasErrorEntries()) {
            var error = signal.getErrorAtIndex(0);
            return error.getErrorCode() + " about " + error.getRefToMessageInError() + ": "
                    + error.getDescriptionValue();
        }
        return "receipt " + signal.getMessageInfo().getMessageId() + " about "
                + signal.getMessageInfo().getRefToMessageId();
    }

    /// `build <suite> <id> <service>#<action> <payload> <how> <file>`: the content type and the body, as they
    /// go over the wire.
    private String build(String suite, String id, String flow, Path payload, String how, Path file) throws Exception {
        try (var resources = new AS4ResourceHelper()) {
            var message = new AS4ClientUserMessage(resources);
            message.setSoapVersion(ESoapVersion.SOAP_12);
            message.setCryptoFactory(keys(suite));
            message.signingParams()
                    .setAlgorithmSign(algorithm(suite))
                    .setAlgorithmSignDigest(ECryptoAlgorithmSignDigest.DIGEST_SHA_256);
            if (how.contains("sealed")) {
                X509Certificate hub =
                        (X509Certificate) store(suite + "-hub.p12").getCertificate("hub");
                message.cryptParams()
                        .setAlgorithmCrypt(ECryptoAlgorithmCrypt.AES_128_GCM)
                        .setCertificate(hub);
                agree(suite, message.cryptParams());
            }
            message.setServiceValue(flow.substring(0, flow.indexOf('#')));
            message.setAction(flow.substring(flow.indexOf('#') + 1));
            message.setConversationID("conversation-" + id);
            message.setAgreementRefValue("none");
            message.setFromRole(CAS4.DEFAULT_INITIATOR_URL);
            message.setFromPartyID("urn:aiguillage:party:" + party);
            message.setToRole(CAS4.DEFAULT_RESPONDER_URL);
            message.setToPartyID("urn:aiguillage:party:hub.example");
            message.addAttachment(WSS4JAttachment.createOutgoingFileAttachment(
                    Files.readAllBytes(payload),
                    "payload@peer",
                    "claim.bin",
                    CMimeType.APPLICATION_OCTET_STREAM,
                    how.contains("bare") ? null : EAS4CompressionMode.GZIP,
                    null,
                    resources));
            HttpEntity entity = message.buildMessage(id, null).getHttpEntity();
            var body = new ByteArrayOutputStream();
            body.writeBytes((entity.getContentType().replaceAll("\\s+", " ") + "\n").getBytes(StandardCharsets.UTF_8));
            entity.writeTo(body);
            Files.write(file, body.toByteArray());
            return "built";
        }
    }

    /// `pull <suite> <mpc> <file> <receipt|wrong|error|nothing>`: writes the payload to the file, and answers
    /// the message so.
    private String pull(String suite, String mpc, Path file, String reply) throws Exception {
        var answered = new AtomicReference<String>("nothing");
        AS4Sender.builderPullRequest()
                .as4ProfileID(PROFILE)
                .httpClientFactory(http)
                .cryptoFactorySign(keys(suite))
                .cryptoFactoryCrypt(suite.equals("rsa") ? keys(suite) : keys(suite, "open"))
                .soapVersion(ESoapVersion.SOAP_12)
                .pmode(mode(suite))
                .pmodeResolver((_, _, _, _, _, _, _) -> mode(suite))
                .mpc(mpc)
                .endpointURL(url)
                .withSigningParams(signing -> signing.setAlgorithmSign(algorithm(suite))
                        .setAlgorithmSignDigest(ECryptoAlgorithmSignDigest.DIGEST_SHA_256))
                .userMsgConsumer((message, _, state) -> answered.set(taken(suite, message, state, file, reply)))
                .signalMsgConsumer((signal, _, _) -> answered.set(text(signal)))
                .sendMessage();
        return answered.get();
    }

    private String taken(
            String suite, Ebms3UserMessage message, IAS4IncomingMessageState state, Path file, String reply) {
        WSS4JAttachment attachment = state.getDecryptedAttachments().getFirstOrNull();
        if (attachment == null) {
            attachment = state.getOriginalAttachments().getFirstOrNull();
        }
        try (var in = attachment.getSourceStream()) {
            Files.write(file, in.readAllBytes());
            return "message " + message.getMessageInfo().getMessageId() + " action "
                    + message.getCollaborationInfo().getAction() + " sealed "
                    + (state.getDecryptingCertificate() != null) + " signed "
                    + (state.getSigningCertificate() != null) + " "
                    + answer(suite, reply, message, state.getOriginalSoapDocument());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private String answer(String suite, String reply, Ebms3UserMessage message, Document soap) throws Exception {
        try (var resources = new AS4ResourceHelper()) {
            return switch (reply) {
                case "receipt" -> sent(suite, receipt(resources, message, soap));
                case "wrong" -> {
                    var digests = soap.getElementsByTagNameNS("http://www.w3.org/2000/09/xmldsig#", "DigestValue");
                    digests.item(digests.getLength() - 1)
                            .setTextContent("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
                    yield sent(suite, receipt(resources, message, soap));
                }
                case "error" -> sent(suite, error(resources, message));
                default -> "unanswered";
            };
        }
    }

    private static AbstractAS4Client<?> receipt(AS4ResourceHelper resources, Ebms3UserMessage message, Document soap) {
        var receipt = new AS4ClientReceiptMessage(resources);
        receipt.setSoapDocument(soap);
        receipt.setEbms3UserMessage(message);
        receipt.setNonRepudiation(true);
        receipt.setReceiptShouldBeSigned(true);
        return receipt;
    }

    private static AbstractAS4Client<?> error(AS4ResourceHelper resources, Ebms3UserMessage message) {
        String id = message.getMessageInfo().getMessageId();
        var error = new AS4ClientErrorMessage(resources);
        error.errorMessages()
                .add(EEbmsError.EBMS_OTHER
                        .errorBuilder(Locale.ROOT)
                        .refToMessageInError(id)
                        .errorDetail("the dealer management system cannot read it")
                        .build());
        error.setRefToMessageID(id);
        error.setErrorShouldBeSigned(true);
        return error;
    }

    private String sent(String suite, AbstractAS4Client<?> client) throws Exception {
        client.setSoapVersion(ESoapVersion.SOAP_12);
        client.setCryptoFactory(keys(suite));
        client.signingParams()
                .setAlgorithmSign(algorithm(suite))
                .setAlgorithmSignDigest(ECryptoAlgorithmSignDigest.DIGEST_SHA_256);
        client.getHttpPoster().setHttpClientFactory(http);
        client.getHttpPoster().setQuoteHttpHeaders(false);
        var sent = client.<String>sendMessageWithRetries(
                url,
                response -> response.getCode() + " "
                        + (response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity())),
                null,
                null,
                null);
        return "answered " + sent.getResponseContent();
    }
}
