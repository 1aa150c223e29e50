package aiguillage.bench.dataset;

import aiguillage.bench.server.Child;
import aiguillage.dataset.source.Line;
import aiguillage.dataset.source.Source;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// What publishing is held against: a file is read, decoded and cut into cells, and nothing is done with
/// them. Reads the file that each line names, and says how many rows it has, and in how many seconds.
public final class ReadProcess {

    private ReadProcess() {}

    /// @param arguments none
    public static void main(String[] arguments) throws IOException {
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Child.say("ready");
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            long began = System.nanoTime();
            long rows = rows(Path.of(line));
            Child.say(rows + " " + (System.nanoTime() - began) / 1e9);
        }
    }

    private static long rows(Path file) throws IOException {
        long rows = 0;
        try (Source source = PartsList.FORMAT.open(Files.newInputStream(file), PartsList.SCHEMA, false)) {
            for (var item = source.next(); item != null; item = source.next()) {
                rows += item instanceof Line line && line.cells().size() == 4 ? 1 : 0;
            }
        }
        return rows;
    }
}
