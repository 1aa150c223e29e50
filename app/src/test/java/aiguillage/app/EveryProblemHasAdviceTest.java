package aiguillage.app;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.link.Answers;
import aiguillage.gateway.outbox.Answer;
import aiguillage.gateway.outbox.ReasonText;
import aiguillage.gateway.outbox.Refusal;
import aiguillage.gateway.status.GatewayStatus.TroubleStatus;
import aiguillage.gateway.status.StatusText;
import aiguillage.gateway.status.Trouble;
import aiguillage.gateway.status.Trouble.Kind;
import aiguillage.hub.problem.Problem;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever a hub answers a gateway, the dealer reads in his language what to do first.
final class EveryProblemHasAdviceTest {

    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (_, _) -> true);
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.FRENCH);

    private final Answers answers = new Answers(() -> NOW);

    /// What a problem is to a dealer.
    private enum Advice {
        /// Something of the document, which he mends.
        DOCUMENT,
        LET_IN,
        SUSPENDED,
        UNKNOWN,
        CLOCK,
        WAIT,
        /// Never the answer to a document: what publishers and operators are told, or how a question is asked.
        NOT_HIS
    }

    private static Advice advice(Problem problem) {
        return switch (problem) {
            case BAD_REQUEST,
                    BAD_ENVELOPE,
                    DIGEST_MISMATCH,
                    NOT_AUTHORISED,
                    SENDER_MISMATCH,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    ID_TAKEN,
                    PAYLOAD_TOO_LARGE,
                    PAYLOAD_INVALID,
                    NO_ROUTE,
                    RECIPIENT_UNKNOWN,
                    SIGNATURE_REQUIRED,
                    SIGNATURE_INVALID,
                    HEADERS_TOO_LARGE -> Advice.DOCUMENT;
            case CERTIFICATE_UNUSABLE, CERTIFICATE_EXPIRED, CERTIFICATE_REVOKED, CODE_REFUSED -> Advice.LET_IN;
            case PARTY_SUSPENDED -> Advice.SUSPENDED;
            case PARTY_UNKNOWN -> Advice.UNKNOWN;
            case SIGNATURE_NOT_FRESH -> Advice.CLOCK;
            case TOO_SLOW,
                    TOO_MANY_REQUESTS,
                    JOURNAL_BUSY,
                    STOPPING,
                    REVOCATION_UNKNOWN,
                    AUTHORITY_UNUSABLE,
                    DATASET_UNUSABLE,
                    DISK_FULL,
                    FAILED -> Advice.WAIT;
            case VERSION_OVERTAKEN,
                    TABLE_OVERTAKEN,
                    SECOND_PERSON_NEEDED,
                    STILL_SEALED,
                    PAYLOAD_GONE,
                    RANGE_NOT_SATISFIABLE,
                    PUBLICATION_REFUSED -> Advice.NOT_HIS;
        };
    }

    private static Optional<Kind> trouble(Advice advice) {
        return switch (advice) {
            case DOCUMENT, NOT_HIS -> Optional.empty();
            case LET_IN -> Optional.of(Kind.HUB_REFUSES);
            case SUSPENDED -> Optional.of(Kind.PARTY_SUSPENDED);
            case UNKNOWN -> Optional.of(Kind.PARTY_UNKNOWN);
            case CLOCK -> Optional.of(Kind.CLOCK_WRONG);
            case WAIT -> Optional.of(Kind.HUB_ASKS_TO_WAIT);
        };
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void theDealerReadsWhatToDoFirst(Problem problem) {
        byte[] body =
                """
                {"code":"%s","title":"%s","detail":"","remedy":"%s"}""".formatted(problem.code(), problem.what(), problem.remedy()).getBytes(StandardCharsets.UTF_8);
        Answer answer = answers.submission(problem.status(), NO_HEADERS, body);
        trouble(advice(problem)).ifPresent(kind -> {
            assertThat(answer).isInstanceOf(Answer.Later.class);
            assertThat(answers.trouble(problem.status(), body)).isEqualTo(kind);
            var told = new Trouble(kind, "main", "", NOW, NOW);
            TroubleStatus status =
                    aiguillage.gateway.status.GatewayStatus.told(List.of(told)).getFirst();
            LANGUAGES.forEach(language ->
                    assertThat(new StatusText(language).remedy(status)).isNotBlank());
        });
        if (advice(problem) == Advice.DOCUMENT) {
            assertThat(answer)
                    .isInstanceOfSatisfying(Answer.Refused.class, refused -> requireOwnWords(refused.refusal()));
        }
    }

    /// In each language a sentence of its own, not the one for anything else.
    private static void requireOwnWords(Refusal refusal) {
        var anything = new Refusal("never-heard-of", "", "", "");
        for (Locale language : LANGUAGES) {
            ReasonText.Explained said = ReasonText.explained(refusal, language);
            ReasonText.Explained other = ReasonText.explained(anything, language);
            assertThat(said.what()).as(refusal.code() + " " + language).isNotEqualTo(other.what());
            assertThat(said.remedy()).as(refusal.code() + " " + language).isNotEqualTo(other.remedy());
            assertThat(said.hubSays()).isEmpty();
        }
        assertThat(ReasonText.explained(refusal, Locale.FRENCH).remedy())
                .isNotEqualTo(ReasonText.explained(refusal, Locale.ENGLISH).remedy());
    }
}
