package aiguillage.dataset.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.source.Format;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationTest {

    @TempDir
    private Path folder;

    @Test
    void aFullListReplacesAllThatWasThere() throws IOException {
        var scene = new Scene(folder);
        assertThat(Scene.ready(scene.full("A;x;PCE;1,00;;", "B;;PCE;2,00;;", "C;;JEU;3,00;;")))
                .isEqualTo(new Summary(3, 3, 0, 0, 0, 0));
        assertThat(Scene.ready(scene.full("D;;PCE;4;;", "C;;JEU;3;;", "A;x;PCE;1,50;;")))
                .isEqualTo(new Summary(3, 1, 1, 1, 1, 0));
        assertThat(scene.inForce().rows().keySet().stream().map(Key::toString)).containsExactly("A", "C", "D");
        assertThat(scene.on("A", "2026-01-01")).containsExactly("x", "PCE", "1.50");
    }

    @Test
    void aDeltaLeavesAllThatItDoesNotName() throws IOException {
        var scene = new Scene(folder);
        Scene.ready(scene.full("A;x;PCE;1,00;;", "B;;PCE;2,00;;", "C;;JEU;3,00;;"));
        assertThat(Scene.ready(scene.delta("PUT;D;;PCE;4;;", "DEL;B;;;;;", "PUT;A;y;PCE;1;;", "PUT;C;;JEU;3;;")))
                .isEqualTo(new Summary(4, 1, 1, 1, 1, 0));
        assertThat(scene.inForce().rows().keySet().stream().map(Key::toString)).containsExactly("A", "C", "D");
        assertThat(scene.on("A", "2026-01-01")).containsExactly("y", "PCE", "1.00");
    }

    /// A price that comes in April must not take away the one of March.
    @Test
    void aRowThatIsPutHoldsInItsDaysAlone() throws IOException {
        var scene = new Scene(folder);
        Scene.ready(scene.full("A;;PCE;1;01/01/2026;"));
        Scene.ready(scene.delta("PUT;A;;PCE;2;01/04/2026;"));
        assertThat(scene.on("A", "2026-03-31")).containsExactly(null, "PCE", "1.00");
        assertThat(scene.on("A", "2026-04-01")).containsExactly(null, "PCE", "2.00");
        Scene.ready(scene.delta("PUT;A;;PCE;1,5;10/02/2026;20/02/2026", "DEL;A;;;;01/06/2026;30/06/2026"));
        assertThat(scene.on("A", "2025-12-31")).isNull();
        assertThat(scene.on("A", "2026-02-09")).contains("1.00");
        assertThat(scene.on("A", "2026-02-10")).contains("1.50");
        assertThat(scene.on("A", "2026-02-20")).contains("1.50");
        assertThat(scene.on("A", "2026-02-21")).contains("1.00");
        assertThat(scene.on("A", "2026-06-15")).isNull();
        assertThat(scene.on("A", "2026-07-01")).contains("2.00");
    }

    @Test
    void whatIsRemovedAndWasNotThereChangesNothing() throws IOException {
        var scene = new Scene(folder);
        Scene.ready(scene.full("A;;PCE;1;;"));
        assertThat(Scene.ready(scene.delta("DEL;B;;;;;"))).isEqualTo(new Summary(1, 0, 0, 0, 1, 1));
    }

    @Test
    void theSameRowsInAnyOrderAndAnySpellingAreTheSameVersion() throws IOException {
        var scene = new Scene(folder);
        Scene.ready(scene.full("A;\"x\";PCE;1 000,0;;", "B;;PCE;2,00;01/04/2026;"));
        assertThat(Scene.ready(scene.full("B; ;PCE;2;01/04/2026;", "A;x;PCE;1.000;;")))
                .isEqualTo(new Summary(2, 0, 0, 0, 2, 0));
    }

    @Test
    void everyRowOfAKeyIsKeptWithItsTime() throws IOException {
        var scene = new Scene(folder);
        assertThat(Scene.ready(scene.full("A;;PCE;2;01/04/2026;", "A;;PCE;1;01/01/2026;31/03/2026")))
                .isEqualTo(new Summary(2, 1, 0, 0, 0, 0));
        assertThat(scene.on("A", "2026-03-31")).contains("1.00");
        assertThat(scene.on("A", "2026-04-01")).contains("2.00");
    }

    @Test
    void jsonLinesAndLinesOfCellsGiveTheSameRows() throws IOException {
        var cells = new Scene(folder);
        Scene.ready(cells.full("A;x;PCE;1000,5;01/04/2026;30/06/2026"));
        Path other = java.nio.file.Files.createDirectory(folder.resolve("json"));
        var json = new Scene(other, new Format.Json(Map.of("price", "amount"), Scene.ACTIONS), Guards.NONE);
        String line = "{\"part\":\"A\",\"name\":\"x\",\"unit\":\"PCE\",\"amount\":1000.5,"
                + "\"from\":\"2026-04-01\",\"to\":\"2026-06-30\"}\n";
        Scene.ready(json.publish(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)), false));
        assertThat(json.inForce().rows()).isEqualTo(cells.inForce().rows());
    }

    @Test
    void anEarlierVersionIsPutBackExactly() throws IOException {
        var scene = new Scene(folder);
        Scene.ready(scene.full("A;;PCE;1;01/01/2026;31/03/2026", "A;;PCE;2;01/04/2026;", "B;;PCE;2;;"));
        MapInForce earlier = scene.inForce().copy();
        Scene.ready(scene.full("A;;PCE;9;;", "C;;PCE;3;;"));
        var limit = new Guards.Limit(BigDecimal.ZERO, Then.REFUSE);
        var guards = new Guards(Map.of(), limit, limit, Map.of("price", limit));
        Outcome outcome = new Publication(Scene.SCHEMA, new Format.Json(Map.of(), null), guards)
                .restore(earlier.all(), scene.inForce(), scene.freshFolder());
        assertThat(Scene.ready(outcome)).isEqualTo(new Summary(0, 1, 1, 1, 0, 0));
        MapInForce restored = scene.inForce().copy();
        restored.take(((Outcome.Ready) outcome).layer());
        assertThat(restored.rows()).isEqualTo(earlier.rows());
        assertThat(((Outcome.Ready) outcome).hash()).isEqualTo(earlier.hash());
    }

    @Test
    void aLineThatPutsNothingInAnEmptyKeyIsNotStored() throws IOException {
        var scene = new Scene(folder);
        Scene.ready(scene.delta("PUT;A;;PCE;1;;", "DEL;B;;;;01/01/2026;"));
        assertThat(scene.inForce().find(Key.of(List.of("B")))).isEqualTo(Rows.NONE);
        assertThat(scene.inForce().keys()).isOne();
    }

    @Test
    void aTransferThatBreaksIsNoVerdict() {
        var broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                return read();
            }
        };
        assertThatThrownBy(() -> new Scene(folder).publish(broken, false))
                .isInstanceOf(IOException.class)
                .hasMessage("connection reset");
    }

    @Test
    void guardsForWhatIsNoDecimalAreAnError() {
        var guards = new Guards(Map.of("name", BigDecimal.ONE), null, null, Map.of());
        assertThatThrownBy(() -> new Publication(Scene.SCHEMA, new Format.Json(Map.of(), null), guards))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[name]");
    }
}
