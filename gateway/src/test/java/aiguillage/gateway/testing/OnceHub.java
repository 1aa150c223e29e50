package aiguillage.gateway.testing;

import aiguillage.gateway.outbox.Answer;
import aiguillage.gateway.outbox.Refusal;
import aiguillage.gateway.outbox.Submitter;
import aiguillage.gateway.outbox.Waiting;
import aiguillage.protocol.Digest;
import aiguillage.protocol.DocumentId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A hub in memory that keeps the once-only rule (I2). A payload that says `poison` is refused.
public final class OnceHub implements Submitter {

    private final Steps steps;
    private final Map<DocumentId, String> receipts = new LinkedHashMap<>();
    private final Map<DocumentId, Digest> digests = new LinkedHashMap<>();
    private final List<String> accepted = new ArrayList<>();

    public OnceHub(Steps steps) {
        this.steps = steps;
    }

    @Override
    public Answer submit(Waiting document, Path payload) {
        steps.pass();
        Answer answer = decide(document, payload);
        steps.pass();
        return answer;
    }

    /// The payloads accepted, in order; a retry counts once.
    public List<String> accepted() {
        return List.copyOf(accepted);
    }

    private Answer decide(Waiting document, Path payload) {
        try {
            DocumentId id = document.envelope().id();
            byte[] content = Files.readAllBytes(payload);
            String text = new String(content, StandardCharsets.UTF_8);
            if (text.contains("poison")) {
                return new Answer.Refused(new Refusal("payload-invalid", "Not valid.", "line 1", "Correct it."));
            }
            Digest before = digests.putIfAbsent(id, Digest.of(content));
            if (before != null && !before.equals(Digest.of(content))) {
                return new Answer.Refused(new Refusal("id-taken", "Taken.", "", ""));
            }
            if (before == null) {
                accepted.add(text);
                receipts.put(id, "{\"position\":" + (receipts.size() + 1) + "}");
            }
            return new Answer.Accepted(String.valueOf(receipts.get(id)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
