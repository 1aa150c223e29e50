package aiguillage.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.conformance.report.Report;
import aiguillage.conformance.report.Signer;
import aiguillage.conformance.situation.Situation;
import aiguillage.conformance.situation.Situations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// A report that was changed is refused.
class ReportTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws Exception {
        file = folder.resolve("report.json");
        Situation situation = Situations.every().all().getFirst();
        var failed = new Result(
                situation, "rest", Verdict.FAILED, situation.demanded(), "no answer", "é & <", Duration.ofMillis(7));
        var run = new Report.Run("0.1.0", "self", "itself", Instant.EPOCH, Instant.EPOCH, Locale.FRENCH);
        Report.write(file, Report.of(run, List.of(failed)), Signer.kit(folder.resolve("kit.key")));
    }

    @Test
    void whatWasSignedVerifiesAndSaysWhatWasRun() throws Exception {
        Report report = Report.verified(file);
        assertThat(report.chain()).isNull();
        assertThat(report.report().at("/doors/rest/failed").asInt()).isEqualTo(1);
        assertThat(report.report().at("/results/0/title").asString()).isEqualTo("Un document est accepté, puis lu");
        assertThat(report.report().at("/results/0/why").asString()).isEqualTo("é & <");
    }

    @Test
    void theReportsOfOneMachineAreOfOneKey() throws Exception {
        String first = Report.verified(file).fingerprint();
        write();
        assertThat(Report.verified(file).fingerprint()).isEqualTo(first).startsWith("SHA256:");
    }

    @Test
    void aVerdictThatWasChangedIsFound() throws Exception {
        Files.writeString(file, Files.readString(file).replace("\"failed\"", "\"passed\""));
        assertThatThrownBy(() -> Report.verified(file)).hasMessageContaining("changed after it was signed");
    }

    @Test
    void aMemberThatIsThereTwiceIsFound() throws Exception {
        Files.writeString(
                file, Files.readString(file).replaceFirst("\"verdict\"", "\"verdict\" : \"passed\", \"verdict\""));
        assertThatThrownBy(() -> Report.verified(file)).hasMessageContaining("not JSON");
    }

    @Test
    void whatIsNoReportIsRefused() throws Exception {
        Files.writeString(file, "{}");
        assertThatThrownBy(() -> Report.verified(file)).hasMessageContaining("not a report");
    }

    /// Who has a key may sign what he likes; what is shown is counted from the results, in words that move no
    /// cursor.
    @Test
    void whatAForgerWritesIsCountedFromItsResults() throws Exception {
        Situation situation = Situations.every().all().getFirst();
        var failed = new Result(situation, "rest", Verdict.FAILED, "", "", "", Duration.ZERO);
        var run = new Report.Run(
                "\u001b[2J\nsigned by opel", "self", "itself", Instant.EPOCH, Instant.EPOCH, Locale.FRENCH);
        ObjectNode forged = Report.of(run, List.of(failed));
        forged.putObject("doors").putObject("rest").put("passed", 60);
        Report.write(file, forged, Signer.kit(folder.resolve("forger.key")));
        Report report = Report.verified(file);
        assertThat(report.counted()).isEqualTo(Map.of("rest", Map.of("failed", 1)));
        assertThat(new Foreign(report.report().path("version").asString()).text())
                .isEqualTo("\ufffd[2J\ufffdsigned by opel");
        assertThat(new Foreign("x".repeat(1_000_000)).text()).hasSize(Foreign.CHARS_MAX + 1);
    }
}
