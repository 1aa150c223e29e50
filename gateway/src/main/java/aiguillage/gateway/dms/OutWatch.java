package aiguillage.gateway.dms;

import aiguillage.gateway.status.Trouble.Kind;
import aiguillage.gateway.status.Troubles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Looks at a brand's `out` folder when the system reports a change, and in any case every so often: reports get
/// lost on network drives. One thread per brand, so that no brand waits for another.
public final class OutWatch implements Runnable {

    private static final Duration LOOK_SHORTEST = Duration.ofMillis(20);

    private final Path root;
    private final OutFolder folder;
    private final Duration look;
    private final Duration settle;
    private final Troubles troubles;

    /// Watches one folder; [#run] on a thread of its own.
    ///
    /// @param look how often at least
    public OutWatch(Path root, OutFolder folder, Duration look, Duration settle, Troubles troubles) {
        this.root = root;
        this.folder = folder;
        this.look = look;
        this.settle = settle.compareTo(LOOK_SHORTEST) < 0 ? LOOK_SHORTEST : settle;
        this.troubles = troubles;
    }

    @Override
    public void run() {
        try (WatchService watch = root.getFileSystem().newWatchService()) {
            Map<Path, WatchKey> watched = new HashMap<>();
            while (true) {
                follow(watch, watched);
                awaitChange(watch, folder.look() ? settle : look);
            }
        } catch (InterruptedException | ClosedWatchServiceException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("The system cannot watch folders: " + e.getMessage(), e);
        }
    }

    /// Waits until something new is there, or so long. A file on its way is not worth a look: it will be renamed.
    private static void awaitChange(WatchService watch, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        boolean changed = false;
        while (!changed) {
            WatchKey key = watch.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (key == null) {
                return;
            }
            changed = key.pollEvents().stream().anyMatch(OutWatch::isWorthALook);
            key.reset();
        }
    }

    private static boolean isWorthALook(WatchEvent<?> event) {
        return !(event.context() instanceof Path name)
                || !FileNames.isUnfinished(name.getFileName().toString());
    }

    /// Follows the folder and its kinds, also those that appear later.
    private void follow(WatchService watch, Map<Path, WatchKey> watched) {
        try {
            watched.values().removeIf(key -> !key.isValid());
            register(watch, watched, root);
            try (var kinds = Files.newDirectoryStream(root, p -> Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS))) {
                for (Path kind : kinds) {
                    register(watch, watched, kind);
                }
            }
        } catch (IOException e) {
            troubles.report(Kind.FOLDER_UNUSABLE, root.toString(), e);
        }
    }

    private static void register(WatchService watch, Map<Path, WatchKey> watched, Path folder) throws IOException {
        if (!watched.containsKey(folder)) {
            // Not what is written to a file: one that is not yet settled is looked at again in any case.
            watched.put(folder, folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE));
        }
    }
}
