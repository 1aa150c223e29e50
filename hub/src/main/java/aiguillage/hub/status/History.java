package aiguillage.hub.status;

import aiguillage.hub.status.PublicStatus.Change;
import aiguillage.hub.status.PublicStatus.State;
import aiguillage.pki.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// When a state began and ended, for 90 days, in a file. The file also says when somebody last looked: a time
/// of which nobody knows is told as down. For one thread.
public final class History {

    public static final Duration KEPT = Duration.ofDays(90);

    /// Between two looks that are written down.
    static final Duration SEEN_EVERY = Duration.ofMinutes(1);

    /// A gap that is longer was no look that came late.
    private static final Duration GAP = SEEN_EVERY.multipliedBy(2);

    private static final Logger LOG = LoggerFactory.getLogger(History.class);

    private final Path file;
    private final JsonMapper json = JsonMapper.shared();
    private final List<Change> changes = new ArrayList<>(); // the newest first
    private @Nullable Instant seen;

    /// Reads what is there. A file that cannot be read is no reason not to start: the history begins anew.
    public History(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            try {
                JsonNode kept = json.readTree(Files.readAllBytes(file));
                changes.addAll(PublicStatus.changes(kept.path("history")));
                seen = Instant.parse(kept.path("seen").asString(""));
            } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
                LOG.atWarn()
                        .addKeyValue("file", file)
                        .setCause(e)
                        .log("The history of the public status cannot be read; it begins anew.");
                changes.clear();
            }
        }
    }

    /// It is so now.
    ///
    /// @throws IOException when that cannot be written; it is known all the same
    public void saw(State state, Instant now) throws IOException {
        Instant before = seen;
        boolean isGap = before != null && before.plus(GAP).isBefore(now);
        boolean isOther = changes.isEmpty() || changes.getFirst().state() != state;
        if (isGap && !changes.isEmpty() && changes.getFirst().state() != State.DOWN) {
            changes.addFirst(new Change(Objects.requireNonNull(before), State.DOWN));
            isOther = state != State.DOWN;
        }
        if (isOther) {
            changes.addFirst(new Change(now, state));
        }
        forget(now);
        if (isOther || before == null || !before.plus(SEEN_EVERY).isAfter(now)) {
            seen = now;
            write(now);
        }
    }

    /// The state that began before the time that is kept goes on until the next one, and so stays.
    private void forget(Instant now) {
        Instant oldest = now.minus(KEPT);
        while (changes.size() > PublicStatus.HISTORY_MAX
                || (changes.size() > 1 && !changes.get(changes.size() - 2).at().isAfter(oldest))) {
            changes.removeLast();
        }
    }

    private void write(Instant now) throws IOException {
        ObjectNode kept = json.createObjectNode().put("seen", now.toString());
        var list = kept.putArray("history");
        changes.forEach(change -> list.addObject()
                .put("at", change.at().toString())
                .put("state", change.state().word()));
        DurableFile.write(file, json.writeValueAsBytes(kept));
    }

    /// The newest first.
    public List<Change> changes() {
        return List.copyOf(changes);
    }

    /// When the present state began.
    public Instant since() {
        return changes.getFirst().at();
    }
}
