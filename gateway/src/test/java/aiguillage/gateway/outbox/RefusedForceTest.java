package aiguillage.gateway.outbox;

import static aiguillage.gateway.outbox.OutboxScene.CLAIMS;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.testing.WrappedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder that cannot be forced for a moment holds a document up, no longer. Found by the simulation.
final class RefusedForceTest {

    @TempDir
    private Path root;

    @Test
    void aDocumentWhoseFolderCouldNotBeForcedIsSentAtTheNextLook() throws Exception {
        var sent = new LinkedBlockingQueue<String>();
        var scene = new OutboxScene(root, steps -> (document, payload) -> {
            sent.add(document.name());
            return new Answer.Accepted("{}");
        });
        var disk = new RefusingDisk(Path.of("opel", "claim"));
        Outbox outbox = scene.open(disk);
        outbox.start();
        scene.put(CLAIMS, "first.xml", "claim 1");
        scene.look(outbox);
        assertThat(sent.poll(10, TimeUnit.SECONDS)).isEqualTo("first.xml");

        scene.put(CLAIMS, "second.xml", "claim 2");
        disk.refusals.set(1);
        scene.look(outbox);
        scene.look(outbox);
        assertThat(sent.poll(10, TimeUnit.SECONDS)).isEqualTo("second.xml");
        scene.crew.stop(Duration.ofSeconds(10));
    }

    /// Else a loss of power takes the document back out of `done`, when nothing remembers it any more.
    @Test
    void aFolderThatCouldNotBeForcedIsForcedBeforeItsDocumentIsForgotten() throws Exception {
        var scene = new OutboxScene(root, steps -> (document, payload) -> new Answer.Accepted("{}"));
        var disk = new RefusingDisk(Path.of("done", "claim"));
        disk.refusals.set(1);
        Outbox outbox = scene.open(disk);
        outbox.start();
        scene.put(CLAIMS, "first.xml", "claim 1");
        scene.look(outbox);
        assertThat(disk.forced.poll(10, TimeUnit.SECONDS)).isEqualTo(scene.folders.done(CLAIMS));
        assertThat(disk.refusals).hasValue(0);
        scene.crew.stop(Duration.ofSeconds(10));
    }

    /// At times it does not force a folder.
    private static final class RefusingDisk extends WrappedDisk {

        private final Path ending;
        private final AtomicInteger refusals = new AtomicInteger();
        private final LinkedBlockingQueue<Path> forced = new LinkedBlockingQueue<>();

        RefusingDisk(Path ending) {
            this.ending = ending;
        }

        @Override
        public void force(Path folder) throws IOException {
            if (folder.endsWith(ending) && refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IOException("the disk refuses");
            }
            super.force(folder);
            if (folder.endsWith(ending)) {
                forced.add(folder);
            }
        }
    }
}
