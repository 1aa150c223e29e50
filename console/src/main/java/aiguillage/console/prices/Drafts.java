package aiguillage.console.prices;

import aiguillage.hub.dataset.Checked;
import aiguillage.hub.operators.Operator;
import aiguillage.protocol.DatasetName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Files that were looked through, and wait until whoever brought them publishes them. Safe from any thread.
/// They lie among the dataset's uploads, which the hub's next start removes.
final class Drafts {

    static final Duration LASTS = Duration.ofHours(1);

    /// A further one of anybody removes the oldest.
    static final int ALL_MAX = 16;

    private static final int ID_BYTES = 16;

    private final InstantSource clock;
    private final SecureRandom random;
    private final LinkedHashMap<String, Draft> all = new LinkedHashMap<>();

    Drafts(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /// One of them.
    ///
    /// @param by the operator's name: nobody else sees it
    /// @param file the file itself; goes with the draft
    /// @param fileName as the browser said: hostile text
    /// @param checked what it would come to
    record Draft(
            String id,
            String by,
            DatasetName dataset,
            Path file,
            String fileName,
            String mediaType,
            boolean isDelta,
            Checked checked,
            Instant until) {}

    /// A name for one, which nobody guesses.
    String newId() {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// Keeps one, instead of an earlier one of the same person for the same dataset.
    void keep(Draft draft) throws IOException {
        List<Path> gone = new ArrayList<>();
        synchronized (all) {
            drop(gone, one -> one.by().equals(draft.by()) && one.dataset().equals(draft.dataset()));
            all.put(draft.id(), draft);
            if (all.size() > ALL_MAX) {
                String oldest = all.firstEntry().getKey();
                drop(gone, one -> one.id().equals(oldest));
            }
        }
        remove(gone);
    }

    Instant until() {
        return clock.instant().plus(LASTS);
    }

    /// One of this person's.
    Optional<Draft> find(Operator operator, DatasetName dataset, String id) throws IOException {
        return of(operator, dataset).stream()
                .filter(draft -> draft.id().equals(id))
                .findFirst();
    }

    /// All of this person's for a dataset.
    List<Draft> of(Operator operator, DatasetName dataset) throws IOException {
        Instant now = clock.instant();
        List<Path> gone = new ArrayList<>();
        List<Draft> own;
        synchronized (all) {
            drop(gone, one -> !one.until().isAfter(now));
            own = all.values().stream()
                    .filter(draft -> draft.by().equals(operator.name())
                            && draft.dataset().equals(dataset))
                    .toList();
        }
        remove(gone);
        return own;
    }

    /// Removes one, with its file.
    void remove(Draft draft) throws IOException {
        synchronized (all) {
            all.remove(draft.id());
        }
        Files.deleteIfExists(draft.file());
    }

    private void drop(List<Path> gone, Predicate<Draft> which) {
        for (Iterator<Draft> drafts = all.values().iterator(); drafts.hasNext(); ) {
            Draft draft = drafts.next();
            if (which.test(draft)) {
                drafts.remove();
                gone.add(draft.file());
            }
        }
    }

    private static void remove(List<Path> files) throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
