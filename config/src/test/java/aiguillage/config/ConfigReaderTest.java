package aiguillage.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.config.SampleHub.Level;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigReaderTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @Test
    void whatIsLeftOutIsItsFallback() {
        SampleHub hub = read("listen: 0.0.0.0:8443\n");

        assertThat(hub.listen()).isEqualTo(new Address("0.0.0.0", 8443));
        assertThat(hub.data()).isEqualTo(folder.resolve("data"));
        assertThat(hub.level()).isEqualTo(Level.QUITE_LOUD);
        assertThat(hub.limits()).isEqualTo(new SampleHub.Bounds(Duration.ofSeconds(15), new Bytes(10_000_000), 64));
        assertThat(hub.peer()).isNull();
        assertThat(hub.token()).isNull();
        assertThat(hub.brands()).isEmpty();
        assertThat(hub.notices()).containsExactly("delivered", "expired");
        assertThat(hub.signed()).isFalse();
        assertThat(hub.target()).isNull();
    }

    @Test
    void everyKeyCanBeSetToSomethingElse() throws IOException {
        Files.writeString(folder.resolve("token.txt"), "s3cret\n");
        SampleHub hub = read("""
                listen: "[::1]:0"
                data: ../elsewhere
                level: silent
                limits: { waiting: 500ms, payload-max: 2GB, streams: 9 }
                peer: https://other.example.com
                token: file:token.txt
                brands:
                  opel: { text: Opel }
                  citroën: { text: Citroën }
                notices: delivered
                signed: true
                target: { role: centre }
                """);

        assertThat(hub.listen()).isEqualTo(new Address("::1", 0));
        assertThat(hub.data()).isEqualTo(folder.resolveSibling("elsewhere"));
        assertThat(hub.level()).isEqualTo(Level.SILENT);
        assertThat(hub.limits()).isEqualTo(new SampleHub.Bounds(Duration.ofMillis(500), new Bytes(2_000_000_000), 9));
        assertThat(hub.peer()).isEqualTo(URI.create("https://other.example.com"));
        assertThat(hub.token()).isEqualTo(new Secret("s3cret"));
        assertThat(hub.brands())
                .isEqualTo(Map.of(
                        new SampleHub.Name("opel"), new SampleHub.BrandSection("Opel"),
                        new SampleHub.Name("citroën"), new SampleHub.BrandSection("Citroën")));
        assertThat(hub.notices()).isEqualTo(List.of("delivered"));
        assertThat(hub.signed()).isTrue();
        assertThat(hub.target()).isEqualTo(new SampleHub.Target.ToRole("centre"));
    }

    @Test
    void aChoiceMayBeAText() {
        assertThat(read("listen: a:1\ntarget: dealer-7\n").target())
                .isEqualTo(new SampleHub.Target.ToParty("dealer-7"));
    }

    @Test
    void allProblemsAreReportedTogetherInTheOrderOfTheFile() {
        assertThat(problems("""
                        lisen: a:1
                        level: quite-lout
                        limits:
                          waiting: 14
                          streams: 99
                          streams: 3
                        port: 8
                        signed: yes
                        peer:
                        notices: {}
                        brands: [opel]
                        target: { rolle: x }
                        """)).isEqualTo("""
                hub.yaml:1:1  lisen: No key is named "lisen" here.
                    Unknown keys are refused, so that a misspelt one is never passed over.
                    Write `listen`.
                hub.yaml:1:1  The key `listen` is missing.
                    Where gateways connect.
                    Add, for example, `listen: 0.0.0.0:8443`.
                hub.yaml:2:8  level: "quite-lout" is none of silent, quite-loud: write quite-loud.
                hub.yaml:4:12  limits.waiting: "14" is not a duration: write a whole number with ms, s, m, h or d, as in 15s.
                hub.yaml:5:12  limits.streams: 99 is too much: write at most 64.
                hub.yaml:6:3  limits.streams: This key stands here for the second time, first in line 5.
                    Which of the two is meant, nobody can tell.
                    Remove one.
                hub.yaml:7:1  port: This key is no more.
                    Write `listen: 0.0.0.0:<port>`.
                hub.yaml:8:9  signed: "yes" is neither true nor false.
                hub.yaml:9:6  peer: This key has no value.
                    Write one, or remove the line.
                hub.yaml:10:10  notices: This is a section, but text is wanted.
                hub.yaml:11:9  brands: This is a list, but a section of names is wanted.
                hub.yaml:12:11  target.rolle: No key is named "rolle" here.
                    Unknown keys are refused, so that a misspelt one is never passed over.
                    Write `role`.""");
    }

    @Test
    void aRefusalOfTheRecordItselfIsLocatedAtItsSection() {
        assertThat(problems("listen: a:1\nlimits: { waiting: 1d, payload-max: 1kB }\n"))
                .isEqualTo("hub.yaml:2:1  limits: a wait of 1d for 1kB makes no sense.");
    }

    @Test
    void anEmptyFileMissesItsRequiredKeys() {
        assertThat(problems("")).startsWith("hub.yaml:1:1  The key `listen` is missing.");
        assertThat(problems("# nothing yet\n")).startsWith("hub.yaml:1:1  The key `listen` is missing.");
    }

    @Test
    void whatIsNotYamlIsLocated() {
        assertThat(problems("listen: [a\nlevel: b\n")).startsWith("hub.yaml:2:").contains("This is not YAML");
        assertThat(problems("listen: a:1\n\tlevel: b\n")).startsWith("hub.yaml:2:1 ");
    }

    @Test
    void aFileThatIsAListIsRefused() {
        assertThat(problems("- a\n")).isEqualTo("hub.yaml:1:1  This is a list, but a section of keys is wanted.");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path missing = folder.resolve("missing.yaml");
        assertThatThrownBy(() -> new ConfigReader().file(missing, SampleHub.class))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("missing.yaml:1:1")
                .hasMessageContaining("There is no such file.");
    }

    @Test
    void aFileThatIsNotUtf8IsRefused() throws IOException {
        Path file = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});
        assertThatThrownBy(() -> new ConfigReader().file(file, SampleHub.class)).hasMessageContaining("not UTF-8");
    }

    @Test
    void aSecretIsNeverShown() throws IOException {
        SampleHub hub = read("listen: a:1\ntoken: hunter2\n");

        assertThat(hub.toString()).contains("(secret)").doesNotContain("hunter2");
        assertThat(problems("listen: a:1\ntoken: [hunter2]\n")).doesNotContain("hunter2");
        assertThat(problems("listen: a:1\ntoken: file:nowhere\n")).startsWith("hub.yaml:2:8  token: the secret's file");
    }

    @Test
    void placesAreKnownAfterReading() {
        record Hub(
                @Setting(text = "The brands.") Map<SampleHub.Name, SampleHub.BrandSection> brands,
                @Setting(text = "What is told.") List<String> notices) {}
        Locations where = new ConfigReader()
                .text("hub.yaml", "brands:\n  opel:\n    text: Opel\nnotices: [a,\n  b]\n", Hub.class)
                .where();

        assertThat(where.at("brands.opel.text")).hasToString("hub.yaml:3:11");
        assertThat(where.at("brands.opel")).hasToString("hub.yaml:2:3");
        assertThat(where.at("notices[1]")).hasToString("hub.yaml:5:3");
        assertThat(where.at("brands.opel.left-out")).hasToString("hub.yaml:2:3");
        assertThat(where.at("limits")).hasToString("hub.yaml:1:1");
    }

    private SampleHub read(String yaml) {
        try {
            Path file = Files.writeString(folder.resolve("hub.yaml"), yaml);
            return new ConfigReader().file(file, SampleHub.class).value();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String problems(String yaml) {
        try {
            throw new AssertionError("was read: " + read(yaml));
        } catch (ConfigException e) {
            return String.valueOf(e.getMessage()).replace(folder + "/", "");
        }
    }
}
