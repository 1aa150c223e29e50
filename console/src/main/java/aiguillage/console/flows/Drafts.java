package aiguillage.console.flows;

import aiguillage.protocol.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Flows files that people are writing, one a person. In memory alone: a draft is lost with the process, and
/// none is ever written to the journal before it is applied. Safe from any thread.
public final class Drafts {

    static final int DRAFTS_MAX = 16;
    private static final Duration KEPT = Duration.ofDays(1);

    private final InstantSource clock;

    /// By person, the one that was written longest ago first.
    private final Map<String, Draft> drafts = new LinkedHashMap<>();

    /// @param base the position of the table that was in force when it was begun
    /// @param then where its writer goes once it is applied; null: to the flows
    public record Draft(
            String text,
            long base,
            Instant written,
            @Nullable String then) {

        /// By which a form says which draft it means.
        public String digest() {
            return Digest.of(text.getBytes(StandardCharsets.UTF_8)).toString();
        }
    }

    public Drafts(InstantSource clock) {
        this.clock = clock;
    }

    /// Keeps a person's draft in place of the one before.
    ///
    /// @param text as browsers send it: with any line ends
    public synchronized Draft keep(String person, String text, long base, @Nullable String then) {
        String lines = text.replace("\r\n", "\n").replace('\r', '\n');
        var draft = new Draft(lines.endsWith("\n") ? lines : lines + "\n", base, clock.instant(), then);
        drafts.remove(person);
        drafts.put(person, draft);
        while (drafts.size() > DRAFTS_MAX) {
            drafts.remove(drafts.keySet().iterator().next());
        }
        return draft;
    }

    public synchronized Optional<Draft> of(String person) {
        Draft draft = drafts.get(person);
        if (draft != null && draft.written().plus(KEPT).isBefore(clock.instant())) {
            drafts.remove(person);
            return Optional.empty();
        }
        return Optional.ofNullable(draft);
    }

    public synchronized void drop(String person) {
        drafts.remove(person);
    }
}
