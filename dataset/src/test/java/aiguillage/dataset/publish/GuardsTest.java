package aiguillage.dataset.publish;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.dataset.publish.Guards.Limit;
import aiguillage.dataset.source.Format;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardsTest {

    private static final Format FORMAT = new Format.Cells(Scene.DIALECT, true, Map.of(), false, true, Scene.ACTIONS);

    @TempDir
    private Path folder;

    private static Limit limit(String value, Then then) {
        return new Limit(new BigDecimal(value), then);
    }

    private static String[] lines(int count, int price) {
        return IntStream.range(0, count)
                .mapToObj(i -> "P" + i + ";;PCE;" + price + ";;")
                .toArray(String[]::new);
    }

    private Scene scene(Guards guards) throws IOException {
        var scene = new Scene(folder, FORMAT, guards);
        Scene.ready(scene.full(lines(100, 100)));
        return scene;
    }

    private static Outcome.Held held(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Held.class);
        var held = (Outcome.Held) outcome;
        assertThat(held.report().then()).isEqualTo(Then.HOLD);
        return held;
    }

    @Test
    void asManyRowsAsDeclaredMayGoAndNotOneMore() throws IOException {
        Scene scene = scene(new Guards(Map.of(), null, limit("5", Then.HOLD), Map.of()));
        Scene.ready(scene.full(lines(95, 100)));
        Outcome.Held held = held(scene.full(lines(90, 100)));
        assertThat(Scene.findings(held.report()))
                .containsExactly(
                        "REMOVED 0: 5 of 95 keys would be gone; at most 5 % may be. The first of them: P90, P91, P92, P93, P94");
        assertThat(held.report().text()).startsWith("Held until a second person releases it");
        assertThat(held.summary()).isEqualTo(new Summary(90, 0, 0, 5, 90, 0));
    }

    @Test
    void whatIsHeldIsTheVersionThatMayBeReleased() throws IOException {
        Scene scene = scene(new Guards(Map.of(), null, limit("5", Then.HOLD), Map.of()));
        Outcome.Held held = held(scene.full(lines(50, 100)));
        MapInForce released = scene.inForce().copy();
        released.take(held.layer());
        assertThat(released.keys()).isEqualTo(50);
        assertThat(held.hash()).isEqualTo(released.hash());
    }

    @Test
    void whatIsDeclaredSoIsRefusedAndNoLayerIsLeft() throws IOException {
        Scene scene = scene(new Guards(Map.of(), null, limit("5", Then.REFUSE), Map.of()));
        Report report = Scene.refused(scene.full(lines(50, 100)));
        assertThat(report.offending().resolveSibling("layer")).doesNotExist();
        Scene.refused(scene.delta(
                IntStream.range(0, 6).mapToObj(i -> "DEL;P" + i + ";;;;;").toArray(String[]::new)));
        Scene.ready(scene.delta(
                IntStream.range(0, 5).mapToObj(i -> "DEL;P" + i + ";;;;;").toArray(String[]::new)));
    }

    @Test
    void aPriceThatChangesTooMuchIsNamedWithItsLineAndNotWithItsAmount() throws IOException {
        Scene scene = scene(new Guards(Map.of(), null, null, Map.of("price", limit("10", Then.HOLD))));
        String[] lines = lines(100, 100);
        lines[7] = "P7;;PCE;110;;";
        lines[8] = "P8;;PCE;90;;";
        lines[20] = "P20;;PCE;110,01;;";
        lines[30] = "P30;;PCE;89,99;;";
        lines[40] = "P40;;PCE;1234;;";
        Outcome.Held held = held(scene.full(lines));
        assertThat(Scene.findings(held.report()))
                .containsExactlyInAnyOrder(
                        "CHANGED price 22: it changes by more than 10 %",
                        "CHANGED price 32: it changes by more than 10 %",
                        "CHANGED price 42: it changes by more than 10 %");
        assertThat(held.report().text()).doesNotContain("1234");
        assertThat(Files.readString(held.report().offending())).contains("\tP40 | from 100.00 to 1234.00\n");
        assertThat(held.summary().changed()).isEqualTo(5);
    }

    @Test
    void aPriceIsComparedWithTheOneThatHoldsBeforeIt() throws IOException {
        var scene =
                new Scene(folder, FORMAT, new Guards(Map.of(), null, null, Map.of("price", limit("10", Then.HOLD))));
        Scene.ready(scene.full("A;;PCE;100;;31/03/2026", "A;;PCE;200;01/04/2026;"));
        Scene.ready(scene.delta("PUT;A;;PCE;205;01/06/2026;"));
        held(scene.delta("PUT;A;;PCE;105;01/06/2026;"));
        Scene.ready(scene.delta("PUT;A;;PCE;105;01/03/2026;31/03/2026"));
        held(scene.delta("PUT;A;;PCE;205;01/03/2026;31/03/2026"));
    }

    @Test
    void aPartThatGoesAndComesBackIsComparedWithItsLastPrice() throws IOException {
        Scene scene = scene(new Guards(Map.of(), null, null, Map.of("price", limit("10", Then.HOLD))));
        Scene.ready(scene.delta("DEL;P1;;;;;", "DEL;P2;;;;;"));
        Scene.ready(scene.delta("PUT;P3;;PCE;101;;"));
        Outcome.Held held = held(scene.delta("PUT;P1;;PCE;10000;;"));
        assertThat(Scene.findings(held.report())).containsExactly("CHANGED price 2: it changes by more than 10 %");
        assertThat(Files.readString(held.report().offending())).contains("\tP1 | from 100.00 to 10000.00\n");
        Scene.ready(scene.delta("PUT;P2;;PCE;110;;"));
    }

    @Test
    void manySmallStepsForOneInstantAreOneLargeStep() throws IOException {
        Scene scene = scene(new Guards(Map.of(), null, null, Map.of("price", limit("50", Then.HOLD))));
        scene.inForce().holdsNow();
        Scene.ready(scene.delta("PUT;P1;;PCE;149;;"));
        Outcome.Held held = held(scene.delta("PUT;P1;;PCE;222;;"));
        assertThat(Scene.findings(held.report()))
                .containsExactly("CHANGED price 2: it changes by more than 50 % of what holds now, before what is still"
                        + " to come");
        assertThat(Files.readString(held.report().offending())).contains("\tP1 | from 100.00 to 222.00\n");
        scene.inForce().holdsNow(); // 149 does
        Scene.ready(scene.delta("PUT;P1;;PCE;222;;"));
    }

    @Test
    void aPriceThatWasNothingMayNotBecomeSomethingUnseen() throws IOException {
        var scene =
                new Scene(folder, FORMAT, new Guards(Map.of(), null, null, Map.of("price", limit("10", Then.HOLD))));
        Scene.ready(scene.full("A;;PCE;0;;"));
        held(scene.full("A;;PCE;0,01;;"));
    }

    @Test
    void newPartsAreNoChangeOfPrice() throws IOException {
        Scene scene = scene(new Guards(Map.of(), null, null, Map.of("price", limit("10", Then.HOLD))));
        assertThat(Scene.ready(scene.full(lines(200, 100))).added()).isEqualTo(100);
    }

    @Test
    void aListWithTooFewRowsIsHeldEvenWhenItIsTheFirst() throws IOException {
        var guards = new Guards(Map.of(), limit("100", Then.HOLD), null, Map.of());
        Outcome.Held held = held(new Scene(folder, FORMAT, guards).full(lines(99, 1)));
        assertThat(Scene.findings(held.report()))
                .isEqualTo(List.of("ROWS 0: the new version would have 99 keys; it must have 100 at least"));
    }

    @Test
    void oneRefusalAmongWhatIsHeldRefuses() throws IOException {
        var guards = new Guards(Map.of(), null, limit("5", Then.HOLD), Map.of("price", limit("10", Then.REFUSE)));
        Report report = Scene.refused(scene(guards).full(lines(50, 200)));
        assertThat(report.groups()).extracting(Report.Group::kind).containsExactly(Kind.REMOVED, Kind.CHANGED);
        assertThat(report.groups().getLast().count()).isEqualTo(50);
    }
}
