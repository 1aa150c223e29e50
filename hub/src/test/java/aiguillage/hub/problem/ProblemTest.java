package aiguillage.hub.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Codes are a promise: programs at the other end compare them.
class ProblemTest {

    /// Every code ever given out, with its status. Add to it; never change a line.
    private static final Map<String, Integer> PROMISED = Map.ofEntries(
            Map.entry("bad-request", 400),
            Map.entry("bad-envelope", 400),
            Map.entry("digest-mismatch", 400),
            Map.entry("certificate-unusable", 401),
            Map.entry("certificate-expired", 401),
            Map.entry("certificate-revoked", 401),
            Map.entry("code-refused", 401),
            Map.entry("not-authorised", 403),
            Map.entry("sender-mismatch", 403),
            Map.entry("party-unknown", 403),
            Map.entry("party-suspended", 401),
            Map.entry("not-found", 404),
            Map.entry("version-overtaken", 409),
            Map.entry("table-overtaken", 409),
            Map.entry("second-person-needed", 409),
            Map.entry("still-sealed", 409),
            Map.entry("publication-refused", 422),
            Map.entry("method-not-allowed", 405),
            Map.entry("too-slow", 408),
            Map.entry("id-taken", 409),
            Map.entry("payload-gone", 410),
            Map.entry("payload-too-large", 413),
            Map.entry("range-not-satisfiable", 416),
            Map.entry("payload-invalid", 422),
            Map.entry("no-route", 422),
            Map.entry("recipient-unknown", 422),
            Map.entry("signature-required", 422),
            Map.entry("signature-invalid", 422),
            Map.entry("signature-not-fresh", 422),
            Map.entry("too-many-requests", 429),
            Map.entry("headers-too-large", 431),
            Map.entry("failed", 500),
            Map.entry("journal-busy", 503),
            Map.entry("stopping", 503),
            Map.entry("revocation-unknown", 503),
            Map.entry("authority-unusable", 503),
            Map.entry("dataset-unusable", 503),
            Map.entry("disk-full", 507));

    @Test
    void codesAndTheirStatusesStayAsPromised() {
        assertThat(Arrays.stream(Problem.values()).collect(Collectors.toMap(Problem::code, Problem::status)))
                .containsExactlyInAnyOrderEntriesOf(PROMISED);
    }

    @Test
    void eachSaysWhatWhyAndWhatToDoInSentences() {
        for (Problem problem : Problem.values()) {
            assertThat(problem.what()).endsWith(".").doesNotContain("|");
            assertThat(problem.why()).endsWith(".").doesNotContain("|");
            assertThat(problem.remedy()).endsWith(".").doesNotContain("|");
            assertThat(Problem.markdown()).contains("| `" + problem.code() + "` | " + problem.status() + " |");
        }
    }
}
