package aiguillage.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.app.terminal.Exit;
import aiguillage.app.testing.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// From a sample to a format that reads it.
class FormatCommandsTest {

    @TempDir
    private Path folder;

    private Path formats;
    private Path sample;

    @BeforeEach
    void write() throws IOException {
        formats = folder.resolve("formats");
        sample = folder.resolve("Prices 2026.csv");
        Files.writeString(sample, "Part;Price\nA1;1,50\nB2;12,00\n");
    }

    private Ran init() {
        return Ran.command("format", "init", sample, "--formats", formats);
    }

    @Test
    void aDraftSaysWhatWasSeenAndReadsItsSample() {
        Ran drafted = init();
        assertThat(drafted.exit()).as(drafted.err()).isZero();
        assertThat(drafted.out())
                .contains("Fields are separated by ';'; 2 of them.", "Column 2, price: decimals with ','.")
                .contains("aiguillage format test prices-2026 ");
        Ran tried = Ran.command("format", "test", "prices-2026", sample, "--formats", formats, "--documents");
        assertThat(tried.exit()).as(tried.out()).isZero();
        assertThat(tried.out())
                .contains("line 3, record: part=B2 · price=12", "<part>A1</part><price>1.5</price>")
                .contains("2 records understood, 2 documents, 0 faults.");
        assertThat(Ran.command("format", "lint", "prices-2026", sample, "--formats", formats)
                        .out())
                .contains("Nothing found.");
        assertThat(init().exit()).as("it exists already").isEqualTo(Exit.NO.code());
    }

    @Test
    void whatIsWrongIsToldWithItsPlace() throws IOException {
        init();
        Files.writeString(sample, "Part;Price\nA1;dear\n");
        Ran tried = Ran.command("format", "test", "prices-2026", sample, "--formats", formats, "--json");
        assertThat(tried.exit()).isEqualTo(Exit.NO.code());
        assertThat(Ran.command("format", "test", "prices-2026", sample, "--formats", formats)
                        .out())
                .contains(" documents, 1 fault.");
        JsonNode wrong = tried.json().path("wrong").get(0);
        assertThat(wrong.path("line").asInt()).isEqualTo(2);
        assertThat(wrong.path("column").asInt()).isEqualTo(4);
        assertThat(wrong.path("found").asString()).isEqualTo("dear");
        JsonNode findings = Ran.command("format", "lint", "prices-2026", sample, "--formats", formats, "--json")
                .json()
                .path("findings");
        assertThat(findings.get(0).path("code").asString()).isEqualTo("not-read");
    }

    @Test
    void aFormatThatCannotBeUsedSaysWhy() throws IOException {
        assertThat(Ran.command("format", "test", "none", sample, "--formats", formats)
                        .exit())
                .isEqualTo(Exit.CONFIGURATION.code());
        init();
        Path head = formats.resolve("prices-2026/format.yaml");
        Files.writeString(head, Files.readString(head) + "recrods: lines\n");
        Ran misspelt = Ran.command("format", "test", "prices-2026", sample, "--formats", formats);
        assertThat(misspelt.exit()).isEqualTo(Exit.CONFIGURATION.code());
        assertThat(misspelt.err()).contains("recrods", "Write `records`");
        Files.writeString(sample, "no structure\nat all, none\nreally\n");
        assertThat(Ran.command("format", "init", sample, "--formats", formats, "--name", "x")
                        .exit())
                .isEqualTo(Exit.NO.code());
        assertThat(Ran.command("format", "init", sample, "--formats", formats, "--name", "../x")
                        .exit())
                .isEqualTo(Exit.NO.code());
    }
}
