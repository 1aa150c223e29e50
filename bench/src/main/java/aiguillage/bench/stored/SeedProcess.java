package aiguillage.bench.stored;

import aiguillage.bench.server.Child;
import aiguillage.bench.server.Site;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/// Fills a store in a process of its own. Orders, one line each:
///
/// - `hub` or `fresh FOLDER`: which store the following orders are about
/// - `add COUNT BYTES WAITING`: documents per second, and processor time of each in µs
/// - `kill`: ends the process at once, as a power cut would
public final class SeedProcess {

    private SeedProcess() {}

    /// @param arguments the site's folder
    public static void main(String[] arguments) throws Exception {
        var site = new Site(Path.of(arguments[0]));
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Seeder seeder = null;
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            String[] order = line.split(" ", -1);
            switch (order[0]) {
                case "hub" -> seeder = Seeder.ofHub(site);
                case "fresh" -> {
                    if (seeder != null) {
                        seeder.close();
                    }
                    seeder = Seeder.fresh(Path.of(order[1]));
                }
                case "add" -> {
                    if (seeder == null) {
                        throw new IllegalArgumentException("no store is open");
                    }
                    long began = System.nanoTime();
                    Duration before = cpu();
                    long count = Long.parseLong(order[1]);
                    seeder.add(count, Integer.parseInt(order[2]), Integer.parseInt(order[3]));
                    Child.say(count * 1e9 / (System.nanoTime() - began) + " "
                            + cpu().minus(before).toNanos() / 1e3 / count);
                }
                case "kill" -> Runtime.getRuntime().halt(0);
                default -> throw new IllegalArgumentException("no such order: " + line);
            }
        }
        if (seeder != null) {
            seeder.close();
        }
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }
}
