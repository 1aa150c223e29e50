package aiguillage.app.demo;

import aiguillage.gateway.dms.FileNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Writes a document into an `out` folder as a careful DMS does: the envelope first, then the payload under a
/// temporary name, then its rename.
final class DmsFiles {

    private DmsFiles() {}

    static void write(Path folder, String name, Map<String, String> envelope, byte[] payload) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve(name + FileNames.ENVELOPE),
                JsonMapper.shared().writeValueAsString(envelope),
                StandardCharsets.UTF_8);
        Path unfinished = folder.resolve(name + ".tmp");
        Files.write(unfinished, payload);
        Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
