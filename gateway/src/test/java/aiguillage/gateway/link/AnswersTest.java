package aiguillage.gateway.link;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.outbox.Answer;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which answers end a document's attempts, and which are tried again.
final class AnswersTest {

    private final Answers answers = new Answers(InstantSource.fixed(Instant.parse("2026-03-01T09:00:00Z")));

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 405, 409, 410, 411, 413, 415, 422, 431})
    void aNoThatNoRetryChangesIsFinal(int status) {
        String problem =
                "{\"title\":\"No.\",\"detail\":\"line 3\",\"code\":\"payload-invalid\",\"remedy\":\"Mend it.\"}";
        assertThat(answer(status, problem)).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
            assertThat(refused.refusal().code()).isEqualTo("payload-invalid");
            assertThat(refused.refusal().why()).isEqualTo("line 3");
        });
    }

    @Test
    void aRefusalOfThePartyIsTriedAgainSinceItIsNotTheDocumentsFault() {
        assertThat(answer(403, "{\"title\":\"No.\",\"code\":\"party-unknown\"}"))
                .isInstanceOf(Answer.Later.class);
        assertThat(answer(401, "{\"title\":\"No.\",\"code\":\"party-suspended\"}"))
                .isInstanceOf(Answer.Later.class);
    }

    /// The next attempt signs anew; a document is not given up for a clock.
    @Test
    void anObjectionToTheTimeOfASignatureIsTriedAgain() {
        assertThat(answer(422, "{\"code\":\"signature-not-fresh\"}")).isInstanceOf(Answer.Later.class);
        assertThat(answer(422, "{\"code\":\"signature-invalid\"}")).isInstanceOf(Answer.Refused.class);
    }

    /// Sentences are for people: a hub may put them otherwise tomorrow.
    @Test
    void whatIsTriedAgainIsDecidedByTheCodeAndNotByItsWords() {
        String problem = "{\"code\":\"signature-invalid\",\"detail\":\"it was created at 2026-03-01T09:06:00Z\"}";
        assertThat(answer(422, problem)).isInstanceOf(Answer.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 408, 429, 500, 502, 503, 504, 507})
    void everythingElseIsTriedAgain(int status) {
        assertThat(answer(status, "<html>busy</html>"))
                .isInstanceOfSatisfying(
                        Answer.Later.class,
                        later -> assertThat(later.hubFailed()).isEqualTo(status == 500));
    }

    @Test
    void whoAskedTooOftenWaitsAsLongAsTheHubSays() {
        byte[] problem =
                "{\"title\":\"That was too often.\",\"code\":\"too-many-requests\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(answers.submission(429, header("30"), problem))
                .isInstanceOfSatisfying(
                        Answer.Later.class, later -> assertThat(later.after()).isEqualTo(Duration.ofSeconds(30)));
        assertThat(answers.no(429, header("30"), problem).after())
                .as("streams and acknowledgements, too")
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aYesWithoutAReceiptIsNoYes() {
        assertThat(answer(201, "{\"position\":1}")).isEqualTo(new Answer.Accepted("{\"position\":1}"));
        assertThat(answer(201, "")).isInstanceOf(Answer.Later.class);
        assertThat(answer(200, "<html>proxy login</html>")).isInstanceOf(Answer.Later.class);
    }

    @Test
    void retryAfterIsSecondsOrADate() {
        assertThat(answers.retryAfter(header("90"))).isEqualTo(Duration.ofSeconds(90));
        assertThat(answers.retryAfter(header("Sun, 01 Mar 2026 09:01:00 GMT"))).isEqualTo(Duration.ofMinutes(1));
        assertThat(answers.retryAfter(header("Sun, 01 Mar 2026 08:00:00 GMT"))).isEqualTo(Duration.ZERO);
        assertThat(answers.retryAfter(header("soon"))).isNull();
    }

    private Answer answer(int status, String body) {
        return answers.submission(status, header(""), body.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpHeaders header(String retryAfter) {
        return HttpHeaders.of(Map.of("Retry-After", List.of(retryAfter)), (name, value) -> true);
    }
}
