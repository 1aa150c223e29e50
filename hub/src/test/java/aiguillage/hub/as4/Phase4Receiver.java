package aiguillage.hub.as4;

import com.helger.base.io.iface.IHasInputStream;
import com.helger.collection.commons.CommonsArrayList;
import com.helger.collection.commons.ICommonsList;
import com.helger.http.header.HttpHeaderMap;
import com.helger.mime.IMimeType;
import com.helger.phase4.attachment.IAS4IncomingAttachmentFactory;
import com.helger.phase4.attachment.WSS4JAttachment;
import com.helger.phase4.crypto.IAS4CryptoFactory;
import com.helger.phase4.ebms3header.Ebms3SignalMessage;
import com.helger.phase4.ebms3header.Ebms3UserMessage;
import com.helger.phase4.error.AS4ErrorList;
import com.helger.phase4.incoming.AS4IncomingMessageMetadata;
import com.helger.phase4.incoming.AS4IncomingProfileSelectorConstant;
import com.helger.phase4.incoming.AS4IncomingReceiverConfiguration;
import com.helger.phase4.incoming.AS4RequestHandler;
import com.helger.phase4.incoming.IAS4IncomingMessageMetadata;
import com.helger.phase4.incoming.IAS4IncomingMessageState;
import com.helger.phase4.incoming.IAS4ResponseAbstraction;
import com.helger.phase4.incoming.crypto.AS4IncomingSecurityConfiguration;
import com.helger.phase4.incoming.spi.AS4MessageProcessorResult;
import com.helger.phase4.incoming.spi.AS4SignalMessageProcessorResult;
import com.helger.phase4.incoming.spi.IAS4IncomingMessageProcessorSPI;
import com.helger.phase4.model.pmode.IPMode;
import com.helger.phase4.model.pmode.PMode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Node;

/// phase4 as it receives pushed messages, with a client certificate asked for. The first message meets a
/// gateway that is not up yet.
@NullUnmarked // phase4 says null of nearly everything it returns
final class Phase4Receiver implements IAS4IncomingMessageProcessorSPI {

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final IAS4CryptoFactory signing;
    private final IAS4CryptoFactory opening;
    private final PMode mode;
    private final String profile;
    private final HttpsServer server;
    private boolean isUp;

    Phase4Receiver(SSLContext tls, IAS4CryptoFactory signing, IAS4CryptoFactory opening, PMode mode, String profile)
            throws IOException {
        this.signing = signing;
        this.opening = opening;
        this.mode = mode;
        this.profile = profile;
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters needed = tls.getDefaultSSLParameters();
                needed.setNeedClientAuth(true);
                parameters.setSSLParameters(needed);
            }
        });
        server.createContext("/as4", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /// The next thing that came: waits for it a while.
    String next() throws InterruptedException {
        String next = received.poll(60, TimeUnit.SECONDS);
        return next == null ? "nothing came" : next;
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (!isUp) {
            isUp = true;
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
            received.add("not up yet");
            return;
        }
        var headers = new HttpHeaderMap();
        exchange.getRequestHeaders().forEach((name, values) -> values.forEach(value -> headers.addHeader(name, value)));
        Answer answer = answer(exchange.getRequestBody(), headers);
        exchange.getResponseHeaders().add("Content-Type", answer.mimeType);
        exchange.sendResponseHeaders(answer.status, answer.content.length == 0 ? -1 : answer.content.length);
        exchange.getResponseBody().write(answer.content);
        exchange.close();
    }

    /// What this gateway makes of a message that lies in a file, with the line that says its type.
    String judge(Path file) throws IOException {
        byte[] message = Files.readAllBytes(file);
        String type = new String(message, StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .orElse("");
        var headers = new HttpHeaderMap();
        headers.addHeader("Content-Type", type.substring(type.indexOf(':') + 1).strip());
        Answer answer = answer(new ByteArrayInputStream(message), headers);
        server.stop(0);
        String good = received.poll();
        String said = new String(answer.content, StandardCharsets.UTF_8);
        return good == null ? "bad " + said.substring(Math.max(0, said.indexOf("<eb:Error "))) : good;
    }

    private Answer answer(InputStream body, HttpHeaderMap headers) {
        var answer = new Answer();
        try (var handler = new AS4RequestHandler(AS4IncomingMessageMetadata.createForRequest())) {
            handler.setCryptoFactorySign(signing);
            handler.setCryptoFactoryCrypt(opening);
            handler.setPModeResolver((_, _, _, _, _, _, _) -> mode);
            handler.setIncomingProfileSelector(new AS4IncomingProfileSelectorConstant(profile, false));
            handler.setIncomingAttachmentFactory(IAS4IncomingAttachmentFactory.DEFAULT_INSTANCE);
            handler.setIncomingSecurityConfiguration(AS4IncomingSecurityConfiguration.createDefaultInstance());
            handler.setIncomingReceiverConfiguration(new AS4IncomingReceiverConfiguration());
            handler.setProcessorSupplier(() -> new CommonsArrayList<>(this));
            handler.handleRequest(body, headers, answer);
        } catch (Exception e) {
            e.printStackTrace();
            answer.status = 500;
        }
        return answer;
    }

    @Override
    public AS4MessageProcessorResult processAS4UserMessage(
            IAS4IncomingMessageMetadata metadata,
            HttpHeaderMap headers,
            Ebms3UserMessage message,
            IPMode pmode,
            @Nullable Node body,
            @Nullable ICommonsList<WSS4JAttachment> attachments,
            IAS4IncomingMessageState state,
            AS4ErrorList errors) {
        try (InputStream payload = attachments.getFirstOrNull().getSourceStream()) {
            received.add(message.getCollaborationInfo().getAction() + " sealed "
                    + (state.getDecryptingCertificate() != null) + ": "
                    + new String(payload.readAllBytes(), StandardCharsets.UTF_8));
            return AS4MessageProcessorResult.createSuccess();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public AS4SignalMessageProcessorResult processAS4SignalMessage(
            IAS4IncomingMessageMetadata metadata,
            HttpHeaderMap headers,
            Ebms3SignalMessage message,
            @Nullable IPMode pmode,
            IAS4IncomingMessageState state,
            AS4ErrorList errors) {
        return AS4SignalMessageProcessorResult.createSuccess();
    }

    @Override
    public void processAS4ResponseMessage(
            IAS4IncomingMessageMetadata metadata,
            IAS4IncomingMessageState state,
            String responseId,
            byte @Nullable [] response,
            boolean isAvailable,
            AS4ErrorList errors) {
        // Answers are given in the same exchange; there are no others.
    }

    private static final class Answer implements IAS4ResponseAbstraction {

        private byte[] content = new byte[0];
        private String mimeType = "application/soap+xml";
        private int status = 200;

        @Override
        public void setContent(byte[] bytes, Charset charset) {
            content = bytes.clone();
        }

        @Override
        public void setContent(HttpHeaderMap headers, IHasInputStream source) {
            try (InputStream input = source.getInputStream()) {
                content = input.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void setMimeType(IMimeType type) {
            mimeType = type.getAsString();
        }

        @Override
        public void setStatus(int code) {
            status = code;
        }
    }
}
