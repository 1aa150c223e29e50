package aiguillage.bench.dataset;

import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Dialect;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import aiguillage.dataset.source.Format;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// A manufacturer's price list of parts, made from a seed: numbers in runs with gaps, French descriptions of
/// which most words come again and again, an origin, a price. It changes as such lists do. Not for several
/// threads.
final class PartsList {

    private static final long SEED = 1_862;
    private static final long FIRST_PART = 1_600_000_000L;
    private static final int GAP_MAX = 60;
    private static final int CENTS_MAX = 90_000;
    private static final String HEADER = "part;description;origin;price";

    private static final List<String> THINGS = List.of(
            "Filtre",
            "Joint",
            "Vis",
            "Ecrou",
            "Garniture",
            "Support",
            "Durite",
            "Capteur",
            "Faisceau électrique",
            "Plaquette de frein",
            "Roulement",
            "Poulie",
            "Rétroviseur",
            "Pare-chocs",
            "Bougie d'allumage",
            "Amortisseur",
            "Câble",
            "Agrafe",
            "Moulure",
            "Calculateur");
    private static final List<String> OF = List.of(
            "",
            " à huile",
            " à air",
            " de porte",
            " de roue",
            " de culasse",
            " de boîte de vitesses",
            " de climatisation",
            " moteur",
            " de tableau de bord",
            " d'échappement",
            " de hayon");
    private static final List<String> WHERE =
            List.of("", " avant gauche", " avant droit", " arrière gauche", " arrière droit", " avant", " arrière");
    private static final List<String> SIZES =
            List.of("", " M6x20", " M8x25", " D12", " D35", " 1,2 L", " 1,6 L", " noir", " chromé", " avec joint");
    private static final List<String> ORIGINS = List.of("FR", "DE", "ES", "IT", "PL", "CZ");

    private static final Dialect DIALECT = new Dialect(';', true, StandardCharsets.UTF_8, false, "uuuu-MM-dd");

    /// What the site's flows file says of it.
    static final Schema SCHEMA = new Schema(
            List.of(
                    new Column("part", new Type.Text(200), true, false, false, null, null),
                    new Column("description", new Type.Text(200), false, false, false, "fr", null),
                    new Column("origin", new Type.Code(ORIGINS), false, false, false, null, null),
                    new Column("price", new Type.Decimal(2), false, true, false, null, "EUR")),
            null,
            null,
            ZoneOffset.UTC);

    /// How it is written.
    static final Format FORMAT = new Format.Cells(DIALECT, true, Map.of(), false, true, null);

    private final SplittableRandom random = new SplittableRandom(SEED);

    /// By the row's place; 0: it is in the list no more.
    private int[] cents;

    private long[] parts;
    private int places;
    private int taken;

    /// @param rows how many
    PartsList(int rows) {
        cents = new int[rows];
        parts = new long[rows];
        for (int i = 0; i < rows; i++) {
            append();
        }
    }

    private int append() {
        if (places == cents.length) {
            cents = Arrays.copyOf(cents, places + places / 8 + 16);
            parts = Arrays.copyOf(parts, cents.length);
        }
        long before = places == 0 ? FIRST_PART : parts[places - 1];
        parts[places] = before + 1 + (random.nextInt(4) == 0 ? random.nextInt(GAP_MAX) : 0);
        cents[places] = 1 + random.nextInt(random.nextInt(CENTS_MAX) + 1);
        return places++;
    }

    /// How many places there are; some may be empty.
    int places() {
        return places;
    }

    /// The number of the part at a place.
    String part(int place) {
        return Long.toString(parts[place]);
    }

    /// The cells of a row behind its key: description, origin, price.
    List<String> cells(int place) {
        var own = new SplittableRandom(SEED ^ parts[place]);
        String description = any(THINGS, own) + any(OF, own) + any(WHERE, own) + any(SIZES, own);
        return List.of(description, any(ORIGINS, own), price(place));
    }

    private static String any(List<String> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }

    private String price(int place) {
        int cent = cents[place] % 100;
        return cents[place] / 100 + (cent < 10 ? ".0" : ".") + cent;
    }

    /// Makes a share of the rows a little dearer, others each time.
    ///
    /// @param count how many
    /// @return their places
    int[] dearer(int count) {
        var changed = new int[count];
        int step = Math.max(1, places / count);
        int first = taken++ % step;
        for (int i = 0; i < count; i++) {
            int place = (first + i * step) % places;
            cents[place] += cents[place] == 0 ? 0 : 1 + cents[place] / 25;
            changed[i] = place;
        }
        return Arrays.stream(changed).filter(place -> cents[place] > 0).toArray();
    }

    /// Changes rows as on an ordinary day: of ten one is new, one is gone, and the others cost something
    /// else.
    ///
    /// @param count how many
    /// @return their places
    int[] day(int count) {
        int[] changed = dearer(Math.max(1, count - count / 10));
        for (int i = 0; i < changed.length; i += 9) {
            cents[changed[i]] = 0;
        }
        int before = changed.length;
        changed = Arrays.copyOf(changed, before + count / 10);
        for (int i = before; i < changed.length; i++) {
            changed[i] = append();
        }
        return changed;
    }

    /// Writes all of it, as it is published.
    Path write(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(HEADER + "\n");
            for (int place = 0; place < places; place++) {
                if (cents[place] > 0) {
                    row(out, place);
                    out.write('\n');
                }
            }
        }
        return file;
    }

    /// Writes what changed.
    Path write(Path file, int[] changed) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(HEADER + ";action\n");
            for (int place : changed) {
                boolean isGone = cents[place] == 0;
                cents[place] += isGone ? 1 : 0; // a removed row has to be a row too
                row(out, place);
                cents[place] -= isGone ? 1 : 0;
                out.write(isGone ? ";remove\n" : ";put\n");
            }
        }
        return file;
    }

    private void row(BufferedWriter out, int place) throws IOException {
        out.write(part(place));
        for (String cell : cells(place)) {
            out.write(';');
            out.write(cell);
        }
    }
}
