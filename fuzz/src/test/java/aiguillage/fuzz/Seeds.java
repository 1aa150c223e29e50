package aiguillage.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Writes a target's seeds into a folder, for the fuzzer to begin with.
final class Seeds {

    private Seeds() {}

    static void write(List<byte[]> seeds, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(folder.resolve("seed-" + i), seeds.get(i));
        }
    }

    public static void main(String[] arguments) throws Exception {
        write(Targets.named(arguments[0]).seeds(), Path.of(arguments[1]));
    }
}
