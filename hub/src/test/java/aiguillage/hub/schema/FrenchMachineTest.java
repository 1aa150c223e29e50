package aiguillage.hub.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The language of a machine must not change what a fault says: its sentences are made from messages in English.
class FrenchMachineTest {

    @Test
    void faultsAreTheSameOnAFrenchMachine() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process french = new ProcessBuilder(List.of(
                        java,
                        "-Duser.language=fr",
                        "-Duser.country=FR",
                        "-Dstdout.encoding=UTF-8",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FrenchMachineTest.class.getName()))
                .redirectErrorStream(true)
                .start();
        String said = new String(french.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(french.waitFor()).as(said).isZero();
        assertThat(said).contains(said());
    }

    /// The program that the French machine runs.
    public static void main(String[] arguments) {
        System.out.print(said());
    }

    private static String said() {
        return String.join(
                "\n",
                Check.xml().invalid("<order/>").first().toString(),
                Check.xml().invalid("<order>").faults().getLast().toString(),
                Check.xml().invalid("<!DOCTYPE x><x/>").first().toString(),
                Check.json().invalid("{\"lines\": 1}").faults().toString());
    }
}
