package aiguillage.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.simulation.world.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A seed decides everything: the same one gives the same steps, here and in another process.
class RepeatableTest {

    private static final int SEEDS = 12;

    /// Prints the traces of all seeds, one a line.
    public static void main(String[] arguments) {
        Main.quiet();
        traces().forEach(System.out::println);
    }

    private static List<String> traces() {
        var traces = new ArrayList<String>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            traces.add(
                    seed + " " + Long.toHexString(new World(seed, false).run().trace()));
        }
        return traces;
    }

    @Test
    void theSameSeedGivesTheSameRunInEveryProcess() throws Exception {
        Main.quiet();
        List<String> here = traces();
        assertThat(traces()).isEqualTo(here);
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-opens=java.base/java.lang=ALL-UNNAMED", "-Djdk.trackAllThreads=false", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(RepeatableTest.class.getName());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> there = process.inputReader().readAllLines();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(there).isEqualTo(here);
    }
}
