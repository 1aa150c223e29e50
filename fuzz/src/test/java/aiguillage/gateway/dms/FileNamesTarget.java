package aiguillage.gateway.dms;

import static aiguillage.fuzz.Inputs.require;

import aiguillage.fuzz.Inputs;
import aiguillage.fuzz.Target;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Position;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Names of files in the DMS's folders, made of ids and names that others chose.
public final class FileNamesTarget implements Target {

    @Override
    public List<byte[]> seeds() {
        return Inputs.of("claim-1.xml", "../../etc/passwd", "..", "C:\\x", "é".repeat(200) + ".json", "a\u0000b");
    }

    @Override
    public void run(byte[] input) {
        String name = Inputs.text(input);
        safe(FileNames.safe(name));
        require(FileNames.safe(FileNames.safe(name)).equals(FileNames.safe(name)), "what is safe stays", name);
        safe(FileNames.free(FileNames.safe(name), "0123456789abcdef", taken -> true));
        try {
            var id = new DocumentId(name);
            safe(FileNames.delivery(new Position(7), id, name));
            safe(FileNames.document(id, name));
        } catch (IllegalArgumentException refused) {
            return;
        }
    }

    private static void safe(String name) {
        Path folder = Path.of("in");
        Path file = folder.resolve(name);
        require(file.normalize().equals(file) && folder.equals(file.getParent()), "stays in its folder", name);
        require(!name.startsWith(".") && name.chars().noneMatch(Character::isISOControl), "is plain", name);
        require((name + FileNames.ENVELOPE).getBytes(StandardCharsets.UTF_8).length <= 255, "fits file systems", name);
    }
}
