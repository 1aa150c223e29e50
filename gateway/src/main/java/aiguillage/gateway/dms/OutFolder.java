package aiguillage.gateway.dms;

import aiguillage.gateway.status.Trouble.Kind;
import aiguillage.gateway.status.Troubles;
import aiguillage.protocol.Brand;
import aiguillage.protocol.FlowName;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Looks at one brand's `out` folder and hands over what is complete, oldest first, by name among equals.
///
/// One look lists each folder once, however many files wait there. Only the brand's own thread calls it.
public final class OutFolder {

    /// One listing of a folder keeps at most this many files, the oldest; when it found more, the next one follows
    /// at once.
    public static final int LOOK_FILES_MAX = 100_000;

    private static final Comparator<File> ORDER = Comparator.comparingLong(File::modifiedMillis)
            .thenComparing(file -> file.path().getFileName().toString());

    private final Brand brand;
    private final Folders folders;
    private final Duration settle;
    private final InstantSource clock;
    private final Taker taker;
    private final Troubles troubles;
    private final int filesMax;

    /// Files seen but not yet settled. Replaced at each look, so it holds only what the folders hold.
    private Map<Path, Seen> unsettled = new HashMap<>();

    public OutFolder(
            Brand brand, Folders folders, Duration settle, InstantSource clock, Taker taker, Troubles troubles) {
        this(brand, folders, settle, clock, taker, troubles, LOOK_FILES_MAX);
    }

    OutFolder(
            Brand brand,
            Folders folders,
            Duration settle,
            InstantSource clock,
            Taker taker,
            Troubles troubles,
            int filesMax) {
        this.filesMax = filesMax;
        this.brand = brand;
        this.folders = folders;
        this.settle = settle;
        this.clock = clock;
        this.taker = taker;
        this.troubles = troubles;
    }

    /// Takes what is complete now.
    ///
    /// @return true when something is still settling, so that another look is due after the settle time
    public boolean look() {
        Path root = folders.out(brand);
        Map<Path, Seen> stillUnsettled = new HashMap<>();
        try {
            for (Path folder : kinds(root)) {
                look(folder, stillUnsettled);
            }
            tellMisplaced(root);
            troubles.ended(Kind.FOLDER_UNUSABLE, root.toString());
        } catch (IOException e) {
            troubles.report(Kind.FOLDER_UNUSABLE, root.toString(), e);
        }
        unsettled = stillUnsettled;
        return !unsettled.isEmpty();
    }

    /// A file that lies beside the folders of the kinds belongs to no flow; nobody would ever look at it.
    private void tellMisplaced(Path root) throws IOException {
        long misplaced = 0;
        String first = "";
        try (var files = Files.newDirectoryStream(root, p -> Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS))) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!FileNames.isUnfinished(name)) {
                    first = misplaced == 0 || name.compareTo(first) < 0 ? name : first;
                    misplaced++;
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        if (misplaced > 0) {
            String more = misplaced == 1 ? "" : " (+" + (misplaced - 1) + ")"; // the same in any language
            troubles.report(Kind.FILE_MISPLACED, root.toString(), first + more);
        } else {
            troubles.ended(Kind.FILE_MISPLACED, root.toString());
        }
    }

    private void look(Path folder, Map<Path, Seen> stillUnsettled) {
        FlowName flow = flow(folder);
        if (flow == null) {
            return;
        }
        try {
            List<File> complete = complete(folder, stillUnsettled);
            taker.take(flow, complete);
            List<File> before = List.of();
            while (complete.size() >= filesMax && !complete.equals(before)) { // more than one listing keeps
                before = complete;
                complete = complete(folder, stillUnsettled);
                taker.take(flow, complete);
            }
            troubles.ended(Kind.FOLDER_UNUSABLE, folder.toString());
        } catch (IOException e) {
            troubles.report(Kind.FOLDER_UNUSABLE, folder.toString(), e);
        }
    }

    /// The files that may be taken now, in order: none behind one that is still settling, or a later document would
    /// overtake it. A file that is being written has the latest time, so it holds back nothing but itself.
    private List<File> complete(Path folder, Map<Path, Seen> stillUnsettled) throws IOException {
        List<File> complete = new ArrayList<>();
        boolean held = false;
        for (File file : listed(folder)) {
            Instant now = clock.instant();
            Seen before = unsettled.get(file.path());
            Seen seen = before != null && before.file().equals(file) ? before : new Seen(file, now);
            held |= seen.since().plus(settle).isAfter(now);
            if (held) {
                stillUnsettled.put(file.path(), seen);
            } else {
                complete.add(file);
            }
        }
        return complete;
    }

    /// The folder's files in order. A listing during which files appear may show a later one without an earlier
    /// one. Where no settle time makes up for that, a second listing does: it shows all that came before any of the
    /// first.
    private List<File> listed(Path folder) throws IOException {
        List<File> first = list(folder);
        first.sort(ORDER);
        if (!settle.isZero() || first.isEmpty()) {
            return first;
        }
        List<File> second = list(folder);
        second.removeIf(file -> ORDER.compare(file, first.getLast()) > 0);
        second.sort(ORDER);
        return second;
    }

    private static List<Path> kinds(Path root) throws IOException {
        try (var folders = Files.newDirectoryStream(root, p -> Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS))) {
            List<Path> sorted = new ArrayList<>();
            folders.forEach(sorted::add);
            sorted.sort(Comparator.naturalOrder());
            return sorted;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private @Nullable FlowName flow(Path folder) {
        String kind = folder.getFileName().toString();
        if (kind.startsWith(".")) {
            return null;
        }
        try {
            var flow = new FlowName(brand, kind);
            troubles.ended(Kind.FILE_NAME_UNUSABLE, folder.toString());
            return flow;
        } catch (IllegalArgumentException e) {
            troubles.report(Kind.FILE_NAME_UNUSABLE, folder.toString(), e);
            return null;
        }
    }

    /// The oldest files of the folder, in no order.
    private List<File> list(Path folder) throws IOException {
        Queue<File> files = new PriorityQueue<>(ORDER.reversed());
        try (var entries = Files.newDirectoryStream(folder)) {
            for (Path path : entries) {
                String name = path.getFileName().toString();
                File file = FileNames.isUnfinished(name) || name.endsWith(FileNames.ENVELOPE) ? null : file(path);
                if (file != null) {
                    files.add(file);
                }
                if (files.size() > filesMax) {
                    files.remove(); // the youngest
                }
            }
            return new ArrayList<>(files);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static @Nullable File file(Path path) throws IOException {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile()
                    ? new File(
                            path,
                            attributes.size(),
                            attributes.lastModifiedTime().toMillis())
                    : null;
        } catch (NoSuchFileException gone) {
            return null; // the DMS took it back between the listing and now
        }
    }

    /// A file as seen: another size or time makes it another file.
    public record File(Path path, long bytes, long modifiedMillis) {}

    private record Seen(File file, Instant since) {}

    /// Who takes complete files out of the folder.
    @FunctionalInterface
    public interface Taker {

        /// Takes complete files, oldest first.
        ///
        /// @param files may be empty: a look that found nothing new still lets unfinished work end
        void take(FlowName flow, List<File> files) throws IOException;
    }
}
