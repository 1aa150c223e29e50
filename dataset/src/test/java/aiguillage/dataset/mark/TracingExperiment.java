package aiguillage.dataset.mark;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.mark.Leak.Columns;
import aiguillage.dataset.mark.Leak.Form;
import aiguillage.dataset.row.Key;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/// Counts how often those who leak are found, and how often somebody else is: the tables of `docs/tracing.md`.
///
/// Arguments: `code`, trials of each setting, marks and decoys of the list: draws the marks that an excerpt
/// shows, and weighs them as [Tracer] does. `list`, trials of each setting: makes copies of the real list,
/// files from them, and traces the files.
public final class TracingExperiment {

    private static final int RECIPIENTS = 6_500;
    private static final int[] LEAKERS = {1, 2, 3, 5};
    private static final double[] PARTS = {0.01, 0.05, 1};

    /// As [Readings] has it.
    private static final int NEIGHBOURS = 128;

    private static final double COVERAGE_MAX = 0.98;
    private static final double COVERAGE_MIN = 0.001;

    private final Random random = new Random(20_261_126);

    private TracingExperiment() {}

    public static void main(String[] arguments) throws IOException {
        var experiment = new TracingExperiment();
        int trials = Integer.parseInt(arguments[1]);
        if (arguments[0].equals("code")) {
            experiment.code(trials, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        } else {
            experiment.list(trials);
        }
    }

    /// What came of the trials of one setting.
    private static final class Outcome {

        private int trials;
        private int leakers;
        private int found;
        private int someFound;
        private int allFound;
        private int innocentAccused;
        private double scores;
        private double innocentScoreMax;

        void add(List<Double> leakersScores, double innocentMax, int innocentOver) {
            double needed = Math.log(RECIPIENTS / Tracer.FALSE_ACCUSATIONS);
            int over = (int)
                    leakersScores.stream().filter(score -> score >= needed).count();
            trials++;
            leakers += leakersScores.size();
            found += over;
            someFound += over > 0 ? 1 : 0;
            allFound += over == leakersScores.size() ? 1 : 0;
            scores += leakersScores.stream().mapToDouble(score -> score).sum();
            innocentAccused += innocentOver;
            innocentScoreMax = Math.max(innocentScoreMax, innocentMax);
        }

        String row() {
            return "%d | %d | %d | %d of %d | %.0f | %d | %.1f"
                    .formatted(
                            trials,
                            someFound,
                            allFound,
                            found,
                            leakers,
                            scores / leakers,
                            innocentAccused,
                            innocentScoreMax);
        }
    }

    private static List<Mix> mixes(int leakers) {
        return leakers == 1 ? List.of(Mix.RANDOM_LINES) : List.of(Mix.values());
    }

    // Marks alone.

    private void code(int trials, int marks, int decoys) {
        var innocent = new Calibration();
        for (String columns : List.of("key, text, price", "key, price", "prices")) {
            for (double part : PARTS) {
                for (int leakers : LEAKERS) {
                    for (Mix mix : mixes(leakers)) {
                        var outcome = new Outcome();
                        for (int i = 0; i < trials; i++) {
                            var trial = new Trial(columns, part, leakers, mix);
                            trial.run(columns.contains("text") ? marks : 0, decoys);
                            trial.weigh(outcome, innocent);
                        }
                        print(
                                "| %s | %.0f %% | %d | %s | %s |",
                                columns, 100 * part, leakers, leakers == 1 ? "–" : mix, outcome.row());
                    }
                }
            }
        }
        innocent.print();
    }

    /// How often any of the innocent reached what the bound allows with this probability.
    private static final class Calibration {

        private static final double[] BOUNDS = {0.5, 0.1, 0.01, 0.001, 0.000_001};

        private final int[] reached = new int[BOUNDS.length];
        private int trials;

        void add(double innocentMax) {
            trials++;
            for (int i = 0; i < BOUNDS.length; i++) {
                reached[i] += innocentMax >= Math.log(RECIPIENTS / BOUNDS[i]) ? 1 : 0;
            }
        }

        void print() {
            for (int i = 0; i < BOUNDS.length; i++) {
                TracingExperiment.print(
                        "bound %s: in %d of %d trials, at most %.3f are allowed in the mean",
                        BOUNDS[i], reached[i], trials, trials * BOUNDS[i]);
            }
        }
    }

    /// One excerpt, as marks: what [Readings] would find in it.
    private final class Trial {

        private final boolean keyed;
        private final double part;
        private final int leakers;
        private final Mix mix;
        private final Evidence evidence = new Evidence();
        private final List<BitSet> bits = new ArrayList<>();
        private final List<Double> chances = new ArrayList<>();

        Trial(String columns, double part, int leakers, Mix mix) {
            this.keyed = columns.contains("key");
            this.part = part;
            this.leakers = leakers;
            this.mix = mix;
        }

        void run(int marks, int decoys) {
            var code = new Code(MarkSecret.fresh(new java.security.SecureRandom()), Lists.DATASET);
            List<Codeword> words = new ArrayList<>();
            for (int i = 0; i < leakers; i++) {
                words.add(code.codeword("dealer-" + i));
                bits.add(new BitSet());
            }
            for (int i = 0; i < marks; i++) {
                spelling(code.spelling(Key.of(List.of("row-" + i))).position(), words);
            }
            for (int i = 0; i < decoys; i++) {
                decoy(code.decoy(Key.of(List.of("decoy-" + i))), words);
            }
        }

        private void spelling(Position position, List<Codeword> words) {
            int ones = ones(position, words);
            int read1 = 0;
            int read0 = 0;
            if (mix == Mix.TOGETHER) {
                read1 = some(ones);
                read0 = some(words.size() - ones);
            } else if (random.nextDouble() < part) {
                read1 = mix.bit(ones, words.size(), random) ? 1 : 0;
                read0 = 1 - read1;
            }
            if (read1 + read0 > 0) {
                note(position, words);
                evidence.spelling(position, read0 > 0, read1 > 0);
            }
        }

        private void decoy(Position position, List<Codeword> words) {
            int ones = ones(position, words);
            int seen = mix == Mix.TOGETHER ? some(ones) : mix.bit(ones, words.size(), random) ? some(1) : 0;
            double coverage = coverage();
            if (seen > 0) {
                note(position, words);
                evidence.decoy(position);
            } else if (coverage >= COVERAGE_MIN) {
                note(position, words);
                evidence.noDecoy(position, coverage);
            }
        }

        private int ones(Position position, List<Codeword> words) {
            return (int) words.stream().filter(word -> word.bit(position)).count();
        }

        /// Of so many lines those that are in the excerpt.
        private int some(int lines) {
            int some = 0;
            for (int i = 0; i < lines; i++) {
                some += random.nextDouble() < part ? 1 : 0;
            }
            return some;
        }

        /// The share of the keys that the excerpt has at all.
        private double keys() {
            return mix == Mix.TOGETHER ? 1 - Math.pow(1 - part, leakers) : part;
        }

        private double lines() {
            return mix == Mix.TOGETHER ? part * leakers : part;
        }

        private double coverage() {
            if (!keyed) {
                return Math.min(COVERAGE_MAX, lines());
            }
            int seen = 0;
            for (int i = 0; i < NEIGHBOURS; i++) {
                seen += random.nextDouble() < keys() ? 1 : 0;
            }
            return Math.min(COVERAGE_MAX, (seen + 0.5) / (NEIGHBOURS + 1));
        }

        private void note(Position position, List<Codeword> words) {
            for (int i = 0; i < words.size(); i++) {
                bits.get(i).set(chances.size(), words.get(i).bit(position));
            }
            chances.add(position.chance());
        }

        /// The innocent have bits drawn anew: as good as those of the code, and faster.
        void weigh(Outcome outcome, Calibration innocent) {
            double[] drawn = chances.stream().mapToDouble(chance -> chance).toArray();
            var draws = new SplittableRandom(random.nextLong());
            double needed = Math.log(RECIPIENTS / Tracer.FALSE_ACCUSATIONS);
            double most = Double.NEGATIVE_INFINITY;
            int over = 0;
            for (int i = leakers; i < RECIPIENTS; i++) {
                var words = new long[(drawn.length + Long.SIZE - 1) / Long.SIZE];
                for (int position = 0; position < drawn.length; position++) {
                    words[position / Long.SIZE] |= draws.nextDouble() < drawn[position] ? 1L << position : 0;
                }
                double score = evidence.score(BitSet.valueOf(words)).score();
                most = Math.max(most, score);
                over += score >= needed ? 1 : 0;
            }
            outcome.add(bits.stream().map(ones -> evidence.score(ones).score()).toList(), most, over);
            innocent.add(most);
        }
    }

    // The real list.

    private void list(int trials) throws IOException {
        List<Change> list = Lists.realCharges(1);
        List<String> recipients = Lists.recipients(RECIPIENTS);
        List<Setting> settings = List.of(
                new Setting(new Leak(Columns.ALL, Form.TYPED_AGAIN, 0.01, Mix.RANDOM_LINES), 1),
                new Setting(new Leak(Columns.ALL, Form.COMMAS, 0.05, Mix.RANDOM_LINES), 2),
                new Setting(new Leak(Columns.ALL, Form.TYPED_AGAIN, 0.05, Mix.RANDOM_LINES), 3),
                new Setting(new Leak(Columns.ALL, Form.TABS, 0.05, Mix.TOGETHER), 3),
                new Setting(new Leak(Columns.ALL, Form.TABS, 0.05, Mix.MAJORITY), 5),
                new Setting(new Leak(Columns.ALL, Form.TYPED_AGAIN, 1, Mix.MINORITY), 5),
                new Setting(new Leak(Columns.TEXT_AND_PRICE, Form.COMMAS, 0.01, Mix.RANDOM_LINES), 1),
                new Setting(new Leak(Columns.KEY_AND_PRICE, Form.TYPED_AGAIN, 0.05, Mix.RANDOM_LINES), 1),
                new Setting(new Leak(Columns.KEY_AND_PRICE, Form.TABS, 1, Mix.ALL_ZEROS), 3),
                new Setting(new Leak(Columns.PRICES, Form.TYPED_AGAIN, 0.01, Mix.RANDOM_LINES), 1),
                new Setting(new Leak(Columns.PRICES, Form.TYPED_AGAIN, 0.05, Mix.RANDOM_LINES), 1),
                new Setting(new Leak(Columns.PRICES, Form.COMMAS, 1, Mix.RANDOM_LINES), 3));
        List<Outcome> outcomes = new ArrayList<>();
        settings.forEach(_ -> outcomes.add(new Outcome()));
        var innocent = new Calibration();
        for (int i = 0; i < trials; i++) {
            Marks marks = Lists.marks(MarkSecret.fresh(new java.security.SecureRandom()), Lists.charges(), list);
            var tracer = new Tracer(marks, list);
            for (int s = 0; s < settings.size(); s++) {
                trial(settings.get(s), marks, list, tracer, recipients, outcomes.get(s), innocent);
            }
        }
        for (int s = 0; s < settings.size(); s++) {
            Leak leak = settings.get(s).leak();
            print(
                    "| %s, %s | %.0f %% | %d | %s | %s |",
                    leak.columns(),
                    leak.form(),
                    100 * leak.part(),
                    settings.get(s).leakers(),
                    leak.mix(),
                    outcomes.get(s).row());
        }
        innocent.print();
    }

    private record Setting(Leak leak, int leakers) {}

    private void trial(
            Setting setting,
            Marks marks,
            List<Change> list,
            Tracer tracer,
            List<String> recipients,
            Outcome outcome,
            Calibration innocent)
            throws IOException {
        List<String> some = new ArrayList<>(recipients);
        Collections.shuffle(some, random);
        List<String> leakers = some.subList(0, setting.leakers());
        String excerpt = setting.leak().of(marks, list, leakers, random);
        Report report = tracer.trace(new StringReader(excerpt), recipients, Tracer.FALSE_ACCUSATIONS);
        List<Double> scores = new ArrayList<>();
        Set<String> guilty = new HashSet<>(leakers);
        double most = Double.NEGATIVE_INFINITY;
        int over = 0;
        for (Suspect suspect : report.suspects()) {
            if (guilty.remove(suspect.recipient())) {
                scores.add(suspect.score());
            } else {
                most = Math.max(most, suspect.score());
                over += suspect.accused() ? 1 : 0;
            }
        }
        guilty.forEach(_ -> scores.add(0.0)); // not even among those who are shown
        outcome.add(scores, most, over);
        innocent.add(most);
        print(
                "%s: %d lines, %d recognised, %d marks; leakers %s, else at most %.1f",
                setting,
                report.lines(),
                report.recognised(),
                report.marks().size(),
                scores.stream().map("%.0f"::formatted).toList(),
                most);
    }

    @SuppressWarnings("AnnotateFormatMethod") // nobody else calls it
    private static void print(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }
}
