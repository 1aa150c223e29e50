package aiguillage.gateway.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import aiguillage.gateway.testing.TestDatasets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// News of datasets as a hub writes them; what cannot be read is told, and ends no line.
final class DatasetJsonTest {

    private static final String HEAD = "{\"now\":\"2026-03-01T09:30:00Z\",\"name\":\"opel/prices\",";

    private final DatasetJson json = new DatasetJson();

    @Test
    void eachKindOfNewsIsRead() {
        assertThat(json.event("dataset", HEAD + "\"left\":3}"))
                .isInstanceOfSatisfying(
                        DatasetNews.Withdrawn.class,
                        news -> assertThat(news.left()).isEqualTo(3));
        assertThat(json.event("dataset", HEAD + "\"version\":7,\"from\":6,\"seal\":\"" + "A".repeat(43) + "=\"}"))
                .isInstanceOfSatisfying(
                        DatasetNews.Opened.class,
                        news -> assertThat(news.from()).isEqualTo(6));
        assertThat(json.event("dataset", HEAD + "\"scope\":\"*\",\"versions\":[{\"statement\":\"x\"}]}"))
                .isInstanceOfSatisfying(
                        DatasetNews.Came.class,
                        news -> assertThat(news.offers().versions()).hasSize(1));
        assertThat(json.event("another", "{}")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"now\":7}",
                "{\"now\":\"2026-03-01T09:30:00Z\",\"datasets\":[{}]}",
                "{\"now\":\"2026-03-01T09:30:00Z\",\"datasets\":7}",
                "{\"now\":\"2026-03-01T09:30:00Z\",\"name\":\"opel/prices\",\"left\":-1}",
                "{\"now\":\"2026-03-01T09:30:00Z\",\"name\":\"opel/prices\",\"version\":1,\"from\":0,\"seal\":\"x\"}"
            })
    void whatCannotBeReadIsToldAndEndsNoLine(String data) {
        assertThat(json.event("dataset", data)).isInstanceOf(DatasetNews.Unreadable.class);
        assertThat(json.event("datasets", data)).isInstanceOf(DatasetNews.Unreadable.class);
    }

    /// With such a time no sum of times can be told any more: one event would end all that asks what time it is.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1000000000-12-31T23:59:59.999999999Z",
                "-1000000000-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z",
                "1999-12-31T23:59:59Z"
            })
    void aTimeThatNoHubMeansCannotBeRead(String time) {
        String now = "{\"now\":\"" + time + "\",";
        assertThat(json.event("dataset", now + "\"name\":\"opel/prices\",\"left\":3}"))
                .isInstanceOf(DatasetNews.Unreadable.class);
        assertThat(json.event("datasets", now + "\"datasets\":[]}")).isInstanceOf(DatasetNews.Unreadable.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json.offers(now + "\"name\":\"opel/prices\",\"scope\":\"*\",\"versions\":[]}"))
                .withMessageContaining("2000 to 9999");
    }

    @Test
    void aTimeOfSilenceThatNeverEndsCannotBeRead() {
        String never = new TestDatasets().subscription().json().replace(":900", ":" + Long.MAX_VALUE);
        assertThat(json.event("datasets", "{\"now\":\"2026-03-01T09:30:00Z\",\"datasets\":[" + never + "]}"))
                .isInstanceOfSatisfying(
                        DatasetNews.Standing.class,
                        news -> assertThat(news.unreadable().get(TestDatasets.NAME))
                                .contains("staleAfterSeconds"));
    }

    @Test
    void aColumnOfATypeThatIsNotKnownYetIsNoReasonToGuess() {
        String later = new TestDatasets().subscription().json().replace("\"decimal\"", "\"money\"");
        assertThat(json.event("datasets", "{\"now\":\"2026-03-01T09:30:00Z\",\"datasets\":[" + later + "]}"))
                .isInstanceOfSatisfying(
                        DatasetNews.Standing.class,
                        news -> assertThat(news.unreadable().get(TestDatasets.NAME))
                                .contains("\"money\"", "later version"));
    }
}
