package aiguillage.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GeneratedPagesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @Test
    void theReferenceHasARowForEveryKey() {
        assertThat(Reference.markdown(SampleHub.class)).isEqualTo("""
                | key | type | default | text |
                |---|---|---|---|
                | `listen` | host:port | required | Where gateways connect. |
                | `data` | path | `data` | Where everything is kept. |
                | `level` | silent \\| quite-loud | `quite-loud` | How much is said. |
                | `limits` | section | `{}` | What a client may ask. |
                | `limits.waiting` | duration (ms, s, m, h, d), 100ms to 1d | `15s` | How long it waits. |
                | `limits.payload-max` | size (B, kB, MB, GB, TB), at most 2GB | `10MB` | The largest payload. |
                | `limits.streams` | whole number, 1 to 64 | `64` | Streams at once. |
                | `peer` | URI | none | Another hub. |
                | `token` | secret, or `file:<path>` | none | What a client shows. |
                | `brands` | section of section by name | `{}` | The brands. |
                | `brands.<name>.text` | text | required | What people read. |
                | `notices` | list of text | `[delivered, expired]` | What is told. |
                | `signed` | true or false | `false` | Whether documents are signed. |
                | `target` | text, or { role } | none | Where documents go. |
                | `target.role` | text | required | Everybody with this role. |
                | `port` | | removed | Write `listen: 0.0.0.0:<port>`. |
                """);
    }

    @Test
    void theSampleShowsWhatHoldsWithoutAKey() {
        assertThat(Sample.yaml(SampleHub.class)).startsWith("""
                # Where gateways connect. (host:port)
                listen: 0.0.0.0:8443
                # Where everything is kept. (path)
                #data: data
                # How much is said. (silent | quite-loud)
                #level: quite-loud
                # What a client may ask. (section)
                #limits:
                  # How long it waits. (duration (ms, s, m, h, d), 100ms to 1d)
                  #waiting: 15s
                """);
    }

    @Test
    void theSampleCanBeReadAndMeansTheFallbacks() throws IOException {
        SampleHub fromSample = read(Sample.yaml(SampleHub.class));
        assertThat(fromSample).isEqualTo(read("listen: 0.0.0.0:8443\n"));
    }

    @Test
    void everyLineOfTheSampleMayBeMadeActive() throws IOException {
        String active = Sample.yaml(SampleHub.class).replaceAll("(?m)^( *)#(?! )", "$1");
        assertThat(read(active.replace("file:token.txt", "x")).peer()).isNotNull();
    }

    private SampleHub read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("sample.yaml"), yaml);
        return new ConfigReader().file(file, SampleHub.class).value();
    }
}
