package aiguillage.bench.peer;

import com.helger.collection.commons.ICommonsList;
import com.helger.http.header.HttpHeaderMap;
import com.helger.phase4.attachment.WSS4JAttachment;
import com.helger.phase4.ebms3header.Ebms3SignalMessage;
import com.helger.phase4.ebms3header.Ebms3UserMessage;
import com.helger.phase4.error.AS4ErrorList;
import com.helger.phase4.incoming.IAS4IncomingMessageMetadata;
import com.helger.phase4.incoming.IAS4IncomingMessageState;
import com.helger.phase4.incoming.spi.AS4MessageProcessorResult;
import com.helger.phase4.incoming.spi.AS4SignalMessageProcessorResult;
import com.helger.phase4.incoming.spi.IAS4IncomingMessageProcessorSPI;
import com.helger.phase4.model.pmode.IPMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Node;

/// What phase4 hands its messages to: each payload becomes a file that is synced before the receipt is made.
final class PayloadFiles implements IAS4IncomingMessageProcessorSPI {

    private final SyncedFiles files;

    PayloadFiles(Path folder) {
        this.files = new SyncedFiles(folder);
    }

    @Override
    public AS4MessageProcessorResult processAS4UserMessage(
            IAS4IncomingMessageMetadata metadata,
            HttpHeaderMap headers,
            Ebms3UserMessage message,
            IPMode mode,
            @Nullable Node body,
            @Nullable ICommonsList<WSS4JAttachment> attachments,
            IAS4IncomingMessageState state,
            AS4ErrorList errors) {
        if (attachments == null || attachments.size() != 1) {
            return AS4MessageProcessorResult.createFailure();
        }
        try (InputStream payload = attachments.get(0).getSourceStream()) {
            files.write(payload.readAllBytes());
            return AS4MessageProcessorResult.createSuccess();
        } catch (IOException e) {
            e.printStackTrace();
            return AS4MessageProcessorResult.createFailure();
        }
    }

    @Override
    public AS4SignalMessageProcessorResult processAS4SignalMessage(
            IAS4IncomingMessageMetadata metadata,
            HttpHeaderMap headers,
            Ebms3SignalMessage message,
            @Nullable IPMode mode,
            IAS4IncomingMessageState state,
            AS4ErrorList errors) {
        return AS4SignalMessageProcessorResult.createSuccess();
    }

    @Override
    public void processAS4ResponseMessage(
            IAS4IncomingMessageMetadata metadata,
            IAS4IncomingMessageState state,
            String messageId,
            byte @Nullable [] bytes,
            boolean isThere,
            AS4ErrorList errors) {
        // Answers are given in the same exchange; there are no others.
    }
}
