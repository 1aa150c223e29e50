package aiguillage.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher on machines that lack something: a copy of it, where Java and Maven are scripts that say what they
/// were asked, and nothing else of this machine's is found.
class LauncherTest {

    private static final List<String> TOOLS = List.of(
            "bash", "dirname", "readlink", "grep", "find", "mkdir", "rm", "mktemp", "cat", "mv", "flock", "touch");

    @TempDir
    Path folder;

    private Path checkout;
    private Path bin;
    private Path jdks;
    private Path mavenRan;

    @BeforeEach
    void copy() throws IOException {
        checkout = Files.createDirectories(folder.resolve("checkout"));
        bin = Files.createDirectories(folder.resolve("bin"));
        jdks = Files.createDirectories(folder.resolve("jdks"));
        mavenRan = folder.resolve("maven-ran");
        assumeTrue(Files.exists(Path.of("/bin/sh")), "no shell on this machine");
        for (String tool : TOOLS) {
            Optional<Path> found = Arrays.stream(System.getenv("PATH").split(":", -1))
                    .map(place -> Path.of(place, tool))
                    .filter(Files::isExecutable)
                    .findFirst();
            if (found.isPresent()) {
                Files.createSymbolicLink(bin.resolve(tool), found.get());
            }
        }
        String text = Files.readString(Path.of("..", "aiguillage"));
        String known = "/usr/lib/jvm/* /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home";
        assertThat(text).contains(known);
        script(checkout.resolve("aiguillage"), text.replace(known, jdks + "/*"));
        Files.createDirectories(checkout.resolve("app/src/main"));
        Files.writeString(checkout.resolve("app/pom.xml"), "");
        Files.writeString(checkout.resolve("pom.xml"), "");
    }

    @Test
    void withoutAJdkOneLineSaysWhatToInstall() throws Exception {
        maven();
        Ended ended = run(null);
        assertThat(ended.exit()).isEqualTo(69);
        assertThat(ended.err()).hasSize(1).first().asString().contains("no JDK 25 found", "Install one");
    }

    @Test
    void withoutMavenOneLineSaysWhatToInstall() throws Exception {
        jdk(jdks.resolve("jdk-25"), "25.0.1");
        Ended ended = run(null);
        assertThat(ended.exit()).isEqualTo(69);
        assertThat(ended.err()).filteredOn(line -> !line.contains("building")).hasSize(1);
        assertThat(ended.err()).last().asString().contains("Maven is needed", "Install it");

        Ended gate = run(null, "test");
        assertThat(gate.exit()).isEqualTo(69);
        assertThat(gate.err()).hasSize(1).first().asString().contains("Maven is needed");
    }

    @Test
    void anOlderJdkIsPassedOver() throws Exception {
        maven();
        Path old = jdk(folder.resolve("old"), "21.0.4");
        jdk(jdks.resolve("a-17"), "17.0.9");
        Path right = jdk(jdks.resolve("b-25"), "25.0.1");
        Files.createSymbolicLink(bin.resolve("javac"), old.resolve("bin/javac"));
        Ended ended = run(old, "hub", "status");
        assertThat(ended.exit()).as(ended.toString()).isZero();
        assertThat(ended.out())
                .last()
                .asString()
                .startsWith(right.toString())
                .endsWith("aiguillage.app.Main hub status");
    }

    @Test
    void aSecondCommandDoesNotBuildAgainAndAChangedSourceDoes() throws Exception {
        maven();
        Path jdk = jdk(folder.resolve("jdk"), "25");
        assertThat(run(jdk, "where").exit()).isZero();
        assertThat(run(jdk, "where").exit()).isZero();
        assertThat(mavenRan).content().hasLineCount(1).contains("package");

        Path source = Files.writeString(checkout.resolve("app/src/main/New.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(run(jdk, "where").exit()).isZero();
        assertThat(mavenRan).content().hasLineCount(2);
    }

    @Test
    void aBuildThatFailsShowsWhyAndStartsNothing() throws Exception {
        script(bin.resolve("mvn"), "#!/bin/sh\necho 'Main.java:7: error'\nexit 1\n");
        Ended ended = run(jdk(folder.resolve("jdk"), "25"), "where");
        assertThat(ended.exit()).isEqualTo(70);
        assertThat(ended.err()).contains("Main.java:7: error").last().asString().contains("the build failed");
        assertThat(ended.out()).isEmpty();
    }

    /// A Maven that leaves what the real one leaves.
    private void maven() throws IOException {
        script(
                bin.resolve("mvn"),
                "#!/bin/sh\necho \"$*\" >>" + mavenRan + "\n: >" + checkout.resolve("app/target/aiguillage/app.jar")
                        + "\n");
    }

    private static Path jdk(Path home, String version) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(home.resolve("bin/javac"), "#!/bin/sh\n");
        script(home.resolve("bin/java"), "#!/bin/sh\necho \"$0 $*\"\n");
        return home;
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended run(@org.jspecify.annotations.Nullable Path javaHome, String... arguments)
            throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        var command = new java.util.ArrayList<>(List.of(
                bin.resolve("bash").toString(), checkout.resolve("aiguillage").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("HOME", folder.resolve("home").toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        if (javaHome != null) {
            builder.environment().put("JAVA_HOME", javaHome.toString());
        }
        int exit = builder.start().waitFor();
        return new Ended(exit, Files.readAllLines(out), Files.readAllLines(err));
    }

    private record Ended(int exit, List<String> out, List<String> err) {}
}
