package aiguillage.hub.status;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.settings.Maintenance;
import aiguillage.hub.status.PublicStatus.State;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What the public is told, and what it is told of earlier days.
class StatusBoardTest {

    private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

    @TempDir
    private Path folder;

    private final Map<String, String> settings = new HashMap<>();
    private Instant now = START;
    private boolean isDegraded;

    private StatusBoard board() throws Exception {
        return new StatusBoard(
                "hub.example",
                name -> Optional.ofNullable(settings.get(name)),
                () -> isDegraded,
                folder.resolve("public-status.json"),
                () -> now);
    }

    private static PublicStatus told(StatusBoard board) {
        return PublicStatus.of(JsonMapper.shared().readTree(board.page().json()));
    }

    private static String page(StatusBoard board) {
        return new String(board.page().html(), StandardCharsets.UTF_8);
    }

    @Test
    void aHubThatWorksSaysSoInBothLanguages() throws Exception {
        StatusBoard board = board();
        assertThat(told(board).state()).isEqualTo(State.WORKING);
        assertThat(page(board))
                .contains("Tout fonctionne, depuis le 2026-03-01 09:00:00 UTC.")
                .contains("Everything works, since 2026-03-01 09:00:00 UTC.");
    }

    @Test
    void restrictionsAndTheirEndAreToldSinceWhen() throws Exception {
        StatusBoard board = board();
        isDegraded = true;
        now = START.plusSeconds(60);
        board.look();
        assertThat(told(board).state()).isEqualTo(State.DEGRADED);
        isDegraded = false;
        now = START.plusSeconds(90);
        board.look();
        now = START.plusSeconds(95);
        board.look();
        assertThat(told(board).since()).isEqualTo(START.plusSeconds(90));
        assertThat(told(board).history())
                .extracting(PublicStatus.Change::state)
                .containsExactly(State.WORKING, State.DEGRADED, State.WORKING);
    }

    @Test
    void anAnnouncementIsPlannedThenGoesOnThenIsOver() throws Exception {
        settings.put(
                Maintenance.SETTING,
                "{\"fr\":\"Nouveau disque\",\"en\":\"New disk\",\"from\":\"2026-03-01T10:00:00Z\",\"until\":\"2026-03-01T11:00:00Z\"}");
        StatusBoard board = board();
        assertThat(told(board).state()).isEqualTo(State.WORKING);
        assertThat(told(board).planned()).hasSize(1);
        assertThat(page(board)).contains("Du 2026-03-01 10:00:00 UTC au 2026-03-01 11:00:00 UTC : Nouveau disque");
        now = START.plus(Duration.ofHours(1));
        board.look();
        assertThat(told(board).state()).isEqualTo(State.MAINTENANCE);
        assertThat(page(board)).contains("Nouveau disque", "New disk");
        now = START.plus(Duration.ofHours(2));
        board.look();
        assertThat(told(board).state()).isEqualTo(State.WORKING);
        assertThat(told(board).notice()).isNull();
    }

    @Test
    void whatOperatorsWriteIsOnlyEverText() throws Exception {
        settings.put(
                Maintenance.SETTING, new Maintenance("<script>alert(1)</script> & \"quoted\"", "", null, null).json());
        StatusBoard board = board();
        assertThat(told(board).state()).isEqualTo(State.MAINTENANCE);
        assertThat(page(board)).doesNotContain("<script").contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp;");
    }

    /// Looks are written down every minute: what lies between the last one and the start was nobody's to see.
    @Test
    void theTimeThatTheHubWasGoneIsToldAsDown() throws Exception {
        StatusBoard board = board();
        now = START.plusSeconds(60);
        board.look();
        now = START.plus(Duration.ofHours(3));
        assertThat(told(board()).history())
                .containsExactly(
                        new PublicStatus.Change(now, State.WORKING),
                        new PublicStatus.Change(START.plusSeconds(60), State.DOWN),
                        new PublicStatus.Change(START, State.WORKING));
    }

    @Test
    void aShortRestartIsNoBreak() throws Exception {
        board();
        now = START.plusSeconds(20);
        assertThat(told(board()).since()).isEqualTo(START);
    }

    @Test
    void ninetyDaysAreKeptAndNoMoreThanTheBound() throws Exception {
        var history = new History(folder.resolve("h.json"));
        Instant at = START;
        for (int i = 0; i < PublicStatus.HISTORY_MAX + 50; i++) {
            at = at.plusSeconds(1);
            history.saw(i % 2 == 0 ? State.WORKING : State.DEGRADED, at);
        }
        assertThat(history.changes()).hasSize(PublicStatus.HISTORY_MAX);
        history.saw(State.WORKING, at.plus(History.KEPT).plusSeconds(1));
        assertThat(new History(folder.resolve("h.json")).changes()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void aDamagedHistoryBeginsAnew() throws Exception {
        Files.writeString(folder.resolve("public-status.json"), "{\"seen\":\"yest");
        assertThat(told(board()).history()).hasSize(1);
    }

    @Test
    void theTagNamesTheBytes() throws Exception {
        StatusBoard board = board();
        String before = board.page().tag();
        now = START.plusSeconds(5);
        board.look();
        assertThat(board.page().tag()).isEqualTo(before);
        isDegraded = true;
        board.look();
        assertThat(board.page().tag()).isNotEqualTo(before);
    }
}
