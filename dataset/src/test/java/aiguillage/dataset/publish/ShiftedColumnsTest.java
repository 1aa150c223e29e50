package aiguillage.dataset.publish;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Dialect;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import aiguillage.dataset.source.Format;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Columns that moved are named with where they went.
class ShiftedColumnsTest {

    private static final Dialect DIALECT = new Dialect(';', true, StandardCharsets.UTF_8, true, "dd/MM/uuuu");
    private static final List<String> NAMES =
            List.of("part", "name", "unit", "pack", "price", "family", "valid", "note");
    private static final Schema SCHEMA = new Schema(
            List.of(
                    column("part", new Type.Text(20), true),
                    column("name", new Type.Text(60), false),
                    column("unit", new Type.Code(List.of("PCE", "JEU", "SAC")), false),
                    column("pack", new Type.Decimal(0), false),
                    column("price", new Type.Decimal(2), false),
                    column("family", new Type.Text(10), false),
                    column("valid", new Type.Date(), false),
                    column("note", new Type.Text(60), false)),
            null,
            null,
            Scene.PARIS);

    @TempDir
    private Path folder;

    private final MapInForce inForce = new MapInForce();
    private int published;

    private static Column column(String name, Type type, boolean key) {
        return new Column(name, type, key, key, false, null, null);
    }

    private static List<List<String>> rows(int count, long seed) {
        var random = new Random(seed);
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(List.of(
                    String.format(Locale.ROOT, "%010d", 7_701_200_000L + i),
                    "FILTRE À HUILE " + random.nextInt(100) + " DIESEL",
                    List.of("PCE", "JEU", "SAC").get(random.nextInt(3)),
                    Integer.toString(1 + random.nextInt(9)),
                    random.nextInt(2_000) + "," + (10 + random.nextInt(89)),
                    "A" + random.nextInt(10),
                    "01/0" + (1 + random.nextInt(9)) + "/2026",
                    ""));
        }
        return rows;
    }

    private static UnaryOperator<List<String>> without(int column) {
        return row -> {
            List<String> shifted = new ArrayList<>(row);
            shifted.remove(column);
            shifted.add("");
            return shifted;
        };
    }

    private static UnaryOperator<List<String>> swapped(int one, int other) {
        return row -> {
            List<String> swapped = new ArrayList<>(row);
            Collections.swap(swapped, one, other);
            return swapped;
        };
    }

    private Outcome publish(List<List<String>> rows, boolean header, UnaryOperator<List<String>> mangled)
            throws IOException {
        var file = new StringBuilder(header ? String.join(";", NAMES) + "\n" : "");
        rows.forEach(row -> file.append(String.join(";", mangled.apply(row))).append('\n'));
        return publish(file.toString(), header);
    }

    private Outcome publish(String file, boolean header) throws IOException {
        var format = new Format.Cells(DIALECT, header, Map.of(), false, true, null);
        published++;
        Path fresh = Files.createDirectory(folder.resolve(Integer.toString(published)));
        return new Publication(SCHEMA, format, Guards.NONE)
                .publish(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), false, inForce, fresh);
    }

    private void inForce(int count) throws IOException {
        Outcome outcome = publish(rows(count, 1), false, row -> row);
        Scene.ready(outcome);
        inForce.take(((Outcome.Ready) outcome).layer());
    }

    private static List<String> columns(Report report) {
        return Scene.findings(report).stream()
                .filter(finding -> finding.startsWith("COLUMNS"))
                .toList();
    }

    @Test
    void aListOfTheSameKindIsNeverTakenForAShift() throws IOException {
        inForce(3_000);
        for (long seed = 2; seed < 8; seed++) {
            Scene.ready(publish(rows(Profiles.LINES_MIN, seed), false, row -> row));
        }
    }

    @Test
    void aColumnThatFellOutIsNamedWithAllThatMoved() throws IOException {
        inForce(500);
        Report report = Scene.refused(publish(rows(500, 2), false, without(3)));
        assertThat(columns(report))
                .contains(
                        "COLUMNS price 0: column 5 of the file looks like your column 6 \"family\"",
                        "COLUMNS family 0: column 6 of the file looks like your column 7 \"valid\"",
                        "COLUMNS valid 0: column 7 of the file looks like your column 8 \"note\"");
        assertThat(report.text()).contains("line 1: it is not a number");
    }

    @Test
    void aColumnTooManyIsNamedThoughEveryLineHasTheWrongNumberOfCells() throws IOException {
        inForce(500);
        Report report = Scene.refused(publish(rows(500, 2), false, row -> {
            List<String> more = new ArrayList<>(row);
            more.add(1, "NEW");
            return more;
        }));
        assertThat(report.groups()).anySatisfy(group -> assertThat(group.kind()).isEqualTo(Kind.CELLS));
        assertThat(columns(report)).contains("COLUMNS pack 0: column 4 of the file looks like your column 3 \"unit\"");
    }

    /// Texts may be anything, so that no type is violated; nobody but a second person can tell.
    @Test
    void textsThatChangedPlacesAreHeld() throws IOException {
        inForce(500);
        Outcome outcome = publish(rows(500, 2), false, swapped(1, 5));
        assertThat(outcome).isInstanceOf(Outcome.Refused.class); // the names are too long for families
        outcome = publish(rows(500, 2), false, swapped(1, 7));
        assertThat(outcome).isInstanceOf(Outcome.Held.class);
        assertThat(columns(((Outcome.Held) outcome).report()))
                .containsExactly(
                        "COLUMNS name 0: column 2 of the file looks like your column 8 \"note\"",
                        "COLUMNS note 0: column 8 of the file looks like your column 2 \"name\"");
    }

    @Test
    void aColumnThatLooksLikeNoneSaysHowItChanged() throws IOException {
        inForce(500);
        Outcome outcome = publish(rows(500, 2), false, row -> {
            List<String> changed = new ArrayList<>(row);
            changed.set(5, "----");
            return changed;
        });
        assertThat(columns(((Outcome.Held) outcome).report()))
                .singleElement()
                .asString()
                .startsWith("COLUMNS family 0: column 6 of the file does not look as it did or must: ")
                .endsWith("0 % cells with letters, and not 100 %");
    }

    @Test
    void theFirstVersionIsComparedWithItsTypes() throws IOException {
        Report report = Scene.refused(publish(rows(500, 2), false, swapped(4, 6)));
        assertThat(columns(report))
                .containsExactly(
                        "COLUMNS price 0: column 5 of the file looks like your column 7 \"valid\"",
                        "COLUMNS valid 0: column 7 of the file looks like your column 5 \"price\"");
    }

    @Test
    void aHeaderWithANewNameIsNamedWithTheColumnItLooksLike() throws IOException {
        inForce(500);
        var file = new StringBuilder("part;name;unit;pack;Prix;family;valid;note\n");
        rows(500, 2).forEach(row -> file.append(String.join(";", row)).append('\n'));
        Report report = Scene.refused(publish(file.toString(), true));
        assertThat(Scene.findings(report))
                .containsExactly(
                        "FILE 1: the header lacks \"price\"",
                        "FILE 1: the header has \"Prix\", which is no column that was declared",
                        "FILE 0: column 5 \"Prix\" of the file looks like your column 5 \"price\"");
    }

    /// The names are right and the cells are not: somebody changed the columns and not the header.
    @Test
    void cellsThatStandUnderAnotherNameAreNamed() throws IOException {
        inForce(500);
        Report report = Scene.refused(publish(rows(500, 2), true, swapped(4, 5)));
        assertThat(columns(report))
                .containsExactly(
                        "COLUMNS price 0: column 5 \"price\" of the file looks like your column 6 \"family\"",
                        "COLUMNS family 0: column 6 \"family\" of the file looks like your column 5 \"price\"");
    }
}
