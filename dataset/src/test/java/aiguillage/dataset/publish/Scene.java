package aiguillage.dataset.publish;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Dialect;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import aiguillage.dataset.source.Actions;
import aiguillage.dataset.source.Format;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A small price list: what is published becomes what is in force.
final class Scene {

    static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    static final Dialect DIALECT = new Dialect(';', true, StandardCharsets.UTF_8, true, "dd/MM/uuuu");
    static final Schema SCHEMA = new Schema(
            List.of(
                    new Column("part", new Type.Text(20), true, true, false, null, null),
                    new Column("name", new Type.Text(40), false, false, false, "fr", null),
                    new Column("unit", new Type.Code(List.of("PCE", "JEU", "SAC")), false, true, false, null, null),
                    new Column("price", new Type.Decimal(2), false, true, true, null, "EUR"),
                    new Column("from", new Type.Date(), false, false, false, null, null),
                    new Column("to", new Type.Date(), false, false, false, null, null)),
            "from",
            "to",
            PARIS);
    static final String HEADER = "part;name;unit;price;from;to\n";
    static final String DELTA_HEADER = "action;part;name;unit;price;from;to\n";
    static final Actions ACTIONS = new Actions("action", "PUT", "DEL");

    private final Path folder;
    private final Format format;
    private final Guards guards;
    private MapInForce inForce = new MapInForce();
    private int published;

    Scene(Path folder) {
        this(folder, new Format.Cells(DIALECT, true, Map.of(), false, true, ACTIONS), Guards.NONE);
    }

    Scene(Path folder, Format format, Guards guards) {
        this.folder = folder;
        this.format = format;
        this.guards = guards;
    }

    MapInForce inForce() {
        return inForce;
    }

    Path freshFolder() throws IOException {
        published++;
        return Files.createDirectory(folder.resolve(Integer.toString(published)));
    }

    Outcome publish(InputStream in, boolean delta) throws IOException {
        Path fresh = freshFolder();
        MapInForce before = inForce.copy();
        Outcome outcome = new Publication(SCHEMA, format, guards).publish(in, delta, inForce, fresh);
        if (outcome instanceof Outcome.Ready ready) {
            inForce.take(ready.layer());
            assertThat(ready.hash()).isEqualTo(inForce.hash());
            assertThat(ready.summary().keys()).isEqualTo(inForce.keys());
        } else {
            assertThat(inForce.rows()).as("the version in force stays").isEqualTo(before.rows());
        }
        try (Stream<Path> left = Files.list(fresh)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .as("nothing is left that is not told")
                    .isSubsetOf("layer", "offending-lines.tsv");
        }
        return outcome;
    }

    private Outcome publish(String file, boolean delta) throws IOException {
        return publish(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), delta);
    }

    Outcome full(String... lines) throws IOException {
        return publish(HEADER + String.join("\n", lines) + "\n", false);
    }

    Outcome delta(String... lines) throws IOException {
        return publish(DELTA_HEADER + String.join("\n", lines) + "\n", true);
    }

    static Summary ready(Outcome outcome) {
        assertThat(outcome)
                .as(() -> outcome instanceof Outcome.Refused refused
                        ? refused.report().text()
                        : "")
                .isInstanceOf(Outcome.Ready.class);
        return ((Outcome.Ready) outcome).summary();
    }

    static Report refused(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        Report report = ((Outcome.Refused) outcome).report();
        assertThat(report.then()).isEqualTo(Then.REFUSE);
        assertThat(report.offending()).exists();
        return report;
    }

    /// Each finding as `kind column line: message`.
    static List<String> findings(Report report) {
        return report.groups().stream()
                .flatMap(group -> group.first().stream())
                .map(finding -> finding.kind() + (finding.column() == null ? "" : " " + finding.column()) + " "
                        + finding.line() + ": " + finding.message())
                .toList();
    }

    /// The cells that hold for a part on a day at noon, or null.
    @Nullable
    List<@Nullable String> on(String part, String day) {
        Instant noon = LocalDate.parse(day).atTime(12, 0).atZone(PARIS).toInstant();
        Row row = inForce.find(Key.of(List.of(part))).at(noon);
        return row == null ? null : row.cells();
    }
}
