package aiguillage.app.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;

/// A manufacturer's price list: the same seed and size give the same bytes on any machine. Its descriptions are French,
/// as many are that reach France's dealers, and have words with a usual short form, which is what marks need.
public final class PriceList {

    private static final long SEED = 20_260_401;
    private static final int PART_FIRST = 93_100_042;
    private static final int PART_GAP = 90;
    private static final int CENTS_MIN = 180;
    private static final int CENTS_MAX = 95_000;

    /// Prices change by so many percent, which no guard takes for a mistake.
    private static final int CHANGE_PERCENT_MIN = 3;

    private static final int CHANGE_PERCENT_MAX = 12;

    private static final List<String> THINGS = List.of(
            "Amortisseur",
            "Batterie",
            "Boulon roue",
            "Capteur pression",
            "Ceinture",
            "Courroie accessoires",
            "Couvercle filtre",
            "Embrayage",
            "Enjoliveur",
            "Faisceau",
            "Feu",
            "Garniture porte",
            "Joint",
            "Mécanisme lève-vitre",
            "Moteur ventilateur",
            "Plaquettes frein",
            "Pompe",
            "Projecteur",
            "Renfort aile",
            "Roulement",
            "Silencieux",
            "Support moteur",
            "Tuyau refroidissement");

    private static final List<String> PLACES = List.of(
            "avant",
            "arrière",
            "avant droit",
            "avant gauche",
            "arrière droit",
            "arrière gauche",
            "inférieur",
            "supérieur",
            "intérieur",
            "extérieur",
            "latéral droit",
            "latéral gauche");

    private static final List<String> WAYS = List.of("", " complet", " avec fixation", " sans vis", " renforcé");

    private final SequencedMap<String, Line> lines;

    private PriceList(SequencedMap<String, Line> lines) {
        this.lines = Collections.unmodifiableSequencedMap(lines);
    }

    /// What the list says of a part.
    record Line(String description, BigDecimal price) {}

    /// A list with so many parts.
    public static PriceList of(int parts) {
        var random = new Random(SEED);
        var lines = new LinkedHashMap<String, Line>();
        for (int i = 0; i < parts; i++) {
            String part = Integer.toString(PART_FIRST + i * PART_GAP);
            String description = drawn(THINGS, random) + " " + drawn(PLACES, random) + drawn(WAYS, random);
            lines.put(part, new Line(description, BigDecimal.valueOf(random.nextInt(CENTS_MIN, CENTS_MAX), 2)));
        }
        return new PriceList(lines);
    }

    private static String drawn(List<String> words, Random random) {
        return words.get(random.nextInt(words.size()));
    }

    /// This list with so many prices higher.
    ///
    /// @param seed chooses which
    PriceList dearer(int count, long seed) {
        var random = new Random(seed);
        List<String> parts = new ArrayList<>(lines.keySet());
        Collections.shuffle(parts, random);
        var changed = new LinkedHashMap<>(lines);
        for (String part : parts.subList(0, count)) {
            int percent = random.nextInt(CHANGE_PERCENT_MIN, CHANGE_PERCENT_MAX + 1);
            changed.computeIfPresent(part, (_, line) -> new Line(line.description(), raised(line.price(), percent)));
        }
        return new PriceList(changed);
    }

    private static BigDecimal raised(BigDecimal price, int percent) {
        return price.multiply(BigDecimal.valueOf(100L + percent, 2)).setScale(2, RoundingMode.UP);
    }

    /// The parts whose line is another than in an earlier list.
    Set<String> changedSince(PriceList earlier) {
        Set<String> changed = new HashSet<>(lines.keySet());
        changed.removeIf(part -> line(part).equals(earlier.lines.get(part)));
        return changed;
    }

    SequencedMap<String, Line> lines() {
        return lines;
    }

    private Line line(String part) {
        Line line = lines.get(part);
        if (line == null) {
            throw new IllegalArgumentException("no part " + part + " in the list");
        }
        return line;
    }

    String price(String part) {
        return line(part).price().toString();
    }

    /// As its publisher writes it.
    public String csv() {
        var text = new StringBuilder("part,description,price\n");
        for (Map.Entry<String, Line> line : lines.entrySet()) {
            text.append(line.getKey())
                    .append(',')
                    .append(line.getValue().description())
                    .append(',')
                    .append(line.getValue().price())
                    .append('\n');
        }
        return text.toString();
    }
}
