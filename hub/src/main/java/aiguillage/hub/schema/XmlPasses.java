package aiguillage.hub.schema;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;

/// Lends passes to threads. Nobody waits: a thread that finds none makes one.
final class XmlPasses {

    /// So many idle passes are kept; more than the machine's cores never run at the same time.
    private static final int IDLE_MAX = 16;

    private final Optional<XmlSchema> schema;
    private final List<XmlKeyPath> paths;
    private final ArrayBlockingQueue<XmlPass> idle = new ArrayBlockingQueue<>(IDLE_MAX);

    XmlPasses(Optional<XmlSchema> schema, List<XmlKeyPath> paths) {
        this.schema = schema;
        this.paths = paths;
    }

    Verdict read(InputStream payload) throws IOException {
        XmlPass waiting = idle.poll();
        XmlPass pass = waiting != null ? waiting : new XmlPass(schema, new XmlKeys(paths));
        Verdict verdict = pass.read(payload);
        // One that met a fault may have stopped anywhere, so only those that came to a good end are used again.
        if (verdict instanceof Verdict.Valid && !pass.worn() && idle.remainingCapacity() > 0) {
            var _ = idle.offer(pass);
        }
        return verdict;
    }
}
