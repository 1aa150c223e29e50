package aiguillage.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NoticeTest {

    private static Notice notice(String state, String reader) {
        return new Notice(state, reader, "", "2026-03-01T09:00:00Z");
    }

    @Test
    void ofEachReaderTheLastNoticeDecides() {
        Notice other = notice("rejected", "centre");
        Notice delivered = notice("delivered", "opel-de");
        assertThat(Notice.last(List.of(
                        notice("rejected", "opel-de"),
                        other,
                        notice("released", "opel-de"),
                        delivered,
                        notice("", "centre"))))
                .containsExactly(delivered, other);
        assertThat(Notice.last(List.of(notice("expired", "opel-de"), delivered)))
                .noneMatch(Notice::isFailure);
    }
}
