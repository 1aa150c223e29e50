package aiguillage.gateway.outbox;

import aiguillage.gateway.dms.OutFolder;
import java.nio.file.Path;

/// Where in `out` a document's file stood when it was taken, and how it looked.
record Origin(String name, long bytes, long modifiedMillis) {

    static Origin of(OutFolder.File file) {
        return new Origin(file.path().getFileName().toString(), file.bytes(), file.modifiedMillis());
    }

    Path in(Path folder) {
        return folder.resolve(name);
    }
}
