package aiguillage.conformance.driver;

import aiguillage.hub.as4.SignedPart;
import aiguillage.protocol.FlowName;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A message that was pulled: what its receipt repeats.
///
/// @param parts that its signature covers
record As4Given(String messageId, List<SignedPart> parts) {

    private static final String BETWEEN = "\n";

    /// As a delivery, whose handle says all of this.
    Waiting waiting(FlowName flow, byte[] content) {
        var handle = new StringBuilder(messageId);
        for (SignedPart part : parts) {
            handle.append(BETWEEN)
                    .append(part.uri())
                    .append(BETWEEN)
                    .append(part.prefixes())
                    .append(BETWEEN)
                    .append(Base64.getEncoder().encodeToString(part.sha256()));
        }
        return new Waiting(flow, handle.toString(), content);
    }

    static As4Given of(Waiting waiting) {
        String[] words = waiting.handle().split(BETWEEN, -1);
        List<SignedPart> parts = new ArrayList<>();
        for (int i = 1; i + 2 < words.length; i += 3) {
            parts.add(new SignedPart(words[i], words[i + 1], Base64.getDecoder().decode(words[i + 2])));
        }
        return new As4Given(words[0], parts);
    }
}
