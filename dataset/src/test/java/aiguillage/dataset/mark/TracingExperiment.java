package aiguillage.dataset.mark;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.mark.Leak.Columns;
import aiguillage.dataset.mark.Leak.Form;
import aiguillage.dataset.mark.Leak.Touch;
import aiguillage.dataset.row.Key;
import java.io.IOException;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/// Counts how often those who leak are found, and how often somebody else is accused: the tables of
/// `docs/tracing.md`. The same arguments give the same counts.
///
/// Arguments: the list of prices (`chargemaster-455k.tsv.gz`); how many per cent of the usual trials, where 100 take
/// about eight minutes of one processor; and `files` or `marks` for one half of it.
///
/// **Files from the list.** The list is marked for all recipients; files are made from the copies of some, traced,
/// and what the trace says is counted. **Marks alone.** Many more trials of what a trace weighs, without the
/// reading: marks are drawn that an excerpt may show, and weighed as a trace weighs them.
public final class TracingExperiment {

    private static final int RECIPIENTS = 6_500;

    /// How often the list is marked, each time under another secret.
    private static final int SECRETS = 2;

    /// A trial of the same number is the same one, whatever the others are.
    private static final long SEED = 20_261_126;

    private final List<Change> list;
    private final int percent;
    private final Innocent innocent = new Innocent();

    private TracingExperiment(List<Change> list, int percent) {
        this.list = list;
        this.percent = percent;
    }

    public static void main(String[] arguments) throws IOException {
        List<Change> list = Lists.charges(Path.of(arguments[0]), 1);
        int percent = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        String half = arguments.length > 2 ? arguments[2] : "";
        new TracingExperiment(list, percent).run(!half.equals("marks"), !half.equals("files"));
    }

    private void run(boolean files, boolean marksAlone) throws IOException {
        print("%s, %d processors, Java %s"
                .formatted(
                        System.getProperty("os.arch"), Runtime.getRuntime().availableProcessors(), Runtime.version()));
        print("%,d rows, %,d recipients, accused from a score of %.1f on".formatted(list.size(), RECIPIENTS, needed()));
        if (files) {
            files();
        }
        if (marksAlone) {
            marksAlone();
        }
        print("");
        innocent.print();
        print("%,d s of processor time".formatted(processorSeconds()));
    }

    private static long processorSeconds() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1_000_000_000;
    }

    private static double needed() {
        return Math.log(RECIPIENTS / Tracer.FALSE_ACCUSATIONS);
    }

    private int trials(int usual) {
        return Math.max(1, (usual * percent + 50) / 100);
    }

    // Files from the list.

    /// How large an excerpt is, and how many of that size are traced for each setting.
    private enum Size {
        SMALL(200, 8),
        PAGES(2_000, 5),
        HUNDREDTH(4_555, 3),
        TWENTIETH(22_776, 1),
        WHOLE(Integer.MAX_VALUE, 1);

        private final int rows;
        private final int trials;

        Size(int rows, int trials) {
            this.rows = rows;
            this.trials = trials;
        }

        String rows(int all) {
            return rows > all ? "whole" : String.format(Locale.ROOT, "%,d", rows);
        }
    }

    private static List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        Set<Size> any = EnumSet.allOf(Size.class);
        settings.add(alone("as it was", Columns.ALL, Form.TABS, any));
        settings.add(alone(
                "rows in one piece",
                Columns.ALL,
                Form.TABS,
                EnumSet.of(Size.SMALL, Size.PAGES, Size.HUNDREDTH),
                Touch.IN_ONE_PIECE));
        settings.add(alone("sorted in another way", Columns.ALL, Form.SHUFFLED, any));
        settings.add(alone("typed again, 1 character in 100 misread", Columns.ALL, Form.SCANNED, any));
        settings.add(alone("prices rounded", Columns.ALL, Form.SHUFFLED, any, Touch.ROUNDED));
        settings.add(alone("all decoys removed", Columns.ALL, Form.SHUFFLED, any, Touch.WITHOUT_DECOYS));
        settings.add(alone("all of that", Columns.ALL, Form.SCANNED, any, Touch.ROUNDED, Touch.WITHOUT_DECOYS));
        settings.add(alone("key and price alone", Columns.KEY_AND_PRICE, Form.COMMAS, any));
        settings.add(alone("text and price alone", Columns.TEXT_AND_PRICE, Form.COMMAS, any));
        settings.add(alone("prices alone", Columns.PRICES, Form.SHUFFLED, any));
        Set<Size> large = EnumSet.of(Size.PAGES, Size.HUNDREDTH, Size.TWENTIETH, Size.WHOLE);
        for (int leakers : new int[] {2, 3, 5}) {
            for (Mix mix : List.of(Mix.RANDOM_LINES, Mix.ALL_ZEROS)) {
                var leak = new Leak(Columns.ALL, Form.SHUFFLED, 1, mix);
                settings.add(new Setting(mix.toString(), leak, leakers, large));
            }
        }
        var worst =
                new Leak(Columns.ALL, Form.SCANNED, 1, Mix.RANDOM_LINES, Set.of(Touch.ROUNDED, Touch.WITHOUT_DECOYS));
        settings.add(new Setting(Mix.RANDOM_LINES + "; typed again, misread, rounded, no decoys", worst, 3, large));
        return settings;
    }

    private static Setting alone(String done, Columns columns, Form form, Set<Size> sizes, Touch... touches) {
        return new Setting(done, new Leak(columns, form, 1, Mix.RANDOM_LINES, Set.of(touches)), 1, sizes);
    }

    /// What is tried, and what came of it for each size.
    private static final class Setting {

        private final String done;
        private final Leak leak;
        private final int leakers;
        private final Set<Size> sizes;
        private final Map<Size, Counts> counts = new EnumMap<>(Size.class);
        private int innocentNamed;

        /// @param leak whole; its part is that of each size
        Setting(String done, Leak leak, int leakers, Set<Size> sizes) {
            this.done = done;
            this.leak = leak;
            this.leakers = leakers;
            this.sizes = sizes;
        }

        Leak leak(Size size, int rows) {
            double part = Math.min(1, (double) size.rows / rows);
            return new Leak(leak.columns(), leak.form(), part, leak.mix(), leak.touches());
        }

        String row() {
            var row = new StringBuilder("| " + done + " | " + leakers + " |");
            for (Size size : Size.values()) {
                row.append(' ').append(counts.getOrDefault(size, new Counts())).append(" |");
            }
            return row.append(' ').append(innocentNamed).append(" |").toString();
        }
    }

    private String title() {
        var title = new StringBuilder("| what was done | who leaked |");
        for (Size size : Size.values()) {
            title.append(' ').append(size.rows(list.size())).append(" |");
        }
        return title.append(" innocent named |").toString();
    }

    /// How many of those who leaked were named, of how many; and in how many trials at least one, of how many.
    private static final class Counts {

        private int trials;
        private int someNamed;
        private int leakers;
        private int named;

        void add(int leakers, int named) {
            trials++;
            this.leakers += leakers;
            this.named += named;
            someNamed += named > 0 ? 1 : 0;
        }

        @Override
        public String toString() {
            String all = named + " of " + leakers;
            return trials == 0 ? "" : trials == leakers ? all : all + "; " + someNamed + " of " + trials;
        }
    }

    private void files() throws IOException {
        List<Setting> settings = settings();
        for (int secret = 0; secret < SECRETS; secret++) {
            files(settings, secret);
        }
        print("");
        print("Files from the list:");
        print(title());
        settings.forEach(setting -> print(setting.row()));
    }

    private void files(List<Setting> settings, int secret) throws IOException {
        Marks marks = Lists.marks(Lists.secret(secret), Lists.charges(), list);
        var tracer = new Tracer(marks, list);
        print("secret %d: %,d decoys, %d s so far"
                .formatted(secret, marks.decoys().size(), processorSeconds()));
        List<String> recipients = Lists.recipients(RECIPIENTS);
        for (int i = 0; i < settings.size(); i++) {
            Setting setting = settings.get(i);
            for (Size size : setting.sizes) {
                for (int trial = secret; trial < trials(size.trials); trial += SECRETS) {
                    var random = new Random(Objects.hash(SEED, i, size.rows, trial));
                    List<String> some = new ArrayList<>(recipients);
                    Collections.shuffle(some, random);
                    List<String> leakers = some.subList(0, setting.leakers);
                    String excerpt = setting.leak(size, list.size()).of(marks, list, leakers, random);
                    Report report = tracer.trace(new StringReader(excerpt), recipients, Tracer.FALSE_ACCUSATIONS);
                    count(setting, size, new HashSet<>(leakers), report);
                }
            }
        }
    }

    private void count(Setting setting, Size size, Set<String> leakers, Report report) {
        int named = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (Suspect suspect : report.suspects()) {
            if (leakers.contains(suspect.recipient())) {
                named += suspect.accused() ? 1 : 0;
            } else {
                most = Math.max(most, suspect.score());
                setting.innocentNamed += suspect.accused() ? 1 : 0;
            }
        }
        setting.counts.computeIfAbsent(size, _ -> new Counts()).add(setting.leakers, named);
        innocent.add(most);
        print("%s, %d: %s rows: %,d lines, %,d recognised, %,d marks; scores %s; else at most %.1f; %,d s"
                .formatted(
                        setting.done,
                        setting.leakers,
                        size.rows(list.size()),
                        report.lines(),
                        report.recognised(),
                        report.marks().size(),
                        report.suspects().stream()
                                .filter(suspect -> leakers.contains(suspect.recipient()))
                                .map(suspect -> "%.0f".formatted(suspect.score()))
                                .toList(),
                        most,
                        processorSeconds()));
    }

    /// How often any of the innocent reached what the bound allows with a probability.
    private static final class Innocent {

        private static final double[] BOUNDS = {0.5, 0.1, 0.01, 0.001, 0.000_001};

        private final int[] reached = new int[BOUNDS.length];
        private int trials;

        void add(double most) {
            trials++;
            for (int i = 0; i < BOUNDS.length; i++) {
                reached[i] += most >= Math.log(RECIPIENTS / BOUNDS[i]) ? 1 : 0;
            }
        }

        void print() {
            TracingExperiment.print(
                    "| accused at most with probability | allowed in %,d trials | happened in |".formatted(trials));
            for (int i = 0; i < BOUNDS.length; i++) {
                TracingExperiment.print("| %s | %.3f | %d |".formatted(BOUNDS[i], trials * BOUNDS[i], reached[i]));
            }
        }
    }

    // Marks alone.

    private void marksAlone() {
        Marks marks = Lists.marks(Lists.secret(0), Lists.charges(), list);
        int spelt = (int) list.stream()
                .filter(row -> marks.isMarked(row.key(), row.rows()))
                .count();
        int decoys = marks.decoys().size();
        print("");
        print("Marks alone, of %,d spellings and %,d decoys:".formatted(spelt, decoys));
        print("| rows | who leaked | trials | somebody named | of who leaked | innocent named |");
        for (int leakers : new int[] {1, 2, 3, 5}) {
            marksAlone(200, leakers, trials(215), spelt, decoys);
            marksAlone(2_000, leakers, trials(100), spelt, decoys);
            marksAlone(4_555, leakers, trials(20), spelt, decoys);
        }
    }

    private void marksAlone(int rows, int leakers, int trials, int spelt, int decoys) {
        var counts = new Counts();
        int innocentNamed = 0;
        for (int i = 0; i < trials; i++) {
            var trial = new Trial(
                    (double) rows / list.size(), leakers, new Random(SEED + rows * 10_000L + leakers * 1_000L + i));
            trial.run(spelt, decoys);
            innocentNamed += trial.weigh(counts, innocent);
        }
        print("| %,d | %d | %d | %d | %d of %d | %d |"
                .formatted(
                        rows, leakers, counts.trials, counts.someNamed, counts.named, counts.leakers, innocentNamed));
    }

    /// One excerpt with rows of any of those who leaked, as marks: what [Readings] would find in it.
    private static final class Trial {

        /// As [Readings] has it, on both sides.
        private static final int NEIGHBOURS = 128;

        private final double part;
        private final List<Codeword> words = new ArrayList<>();
        private final Code code;
        private final Random random;
        private final Evidence evidence = new Evidence();
        private final List<BitSet> bits = new ArrayList<>();
        private final List<Double> chances = new ArrayList<>();

        Trial(double part, int leakers, Random random) {
            this.part = part;
            this.random = random;
            var secret = new byte[MarkSecret.BYTES];
            random.nextBytes(secret);
            this.code = new Code(new MarkSecret(secret), Lists.DATASET);
            for (int i = 0; i < leakers; i++) {
                words.add(code.codeword("dealer-" + i));
                bits.add(new BitSet());
            }
        }

        void run(int spelt, int decoys) {
            for (int i = 0; i < spelt; i++) {
                if (random.nextDouble() < part) {
                    Position position =
                            code.spelling(Key.of(List.of("row-" + i))).position();
                    boolean bit = words.get(random.nextInt(words.size())).bit(position);
                    note(position);
                    evidence.spelling(position, !bit, bit);
                }
            }
            for (int i = 0; i < decoys; i++) {
                boolean shown = random.nextDouble() < part;
                int seen = seenAbout();
                if (shown || seen > 0) {
                    decoy(code.decoy(Key.of(List.of("decoy-" + i))), shown, seen);
                }
            }
        }

        private int seenAbout() {
            int seen = 0;
            for (int i = 0; i < NEIGHBOURS; i++) {
                seen += random.nextDouble() < part ? 1 : 0;
            }
            return seen;
        }

        private void decoy(Position position, boolean shown, int seen) {
            if (shown && words.get(random.nextInt(words.size())).bit(position)) {
                note(position);
                evidence.decoy(position);
            } else if (seen > 0) {
                note(position);
                evidence.noDecoy(position, (seen + 0.5) / (NEIGHBOURS + 1));
            }
        }

        private void note(Position position) {
            for (int i = 0; i < words.size(); i++) {
                bits.get(i).set(chances.size(), words.get(i).bit(position));
            }
            chances.add(position.chance());
        }

        /// The innocent have bits drawn anew: as good as those of the code, and faster.
        ///
        /// @return how many of the innocent were named
        int weigh(Counts counts, Innocent innocent) {
            double[] drawn = chances.stream().mapToDouble(chance -> chance).toArray();
            var draws = new SplittableRandom(random.nextLong());
            double most = Double.NEGATIVE_INFINITY;
            int over = 0;
            for (int i = words.size(); i < RECIPIENTS; i++) {
                var ones = new long[(drawn.length + Long.SIZE - 1) / Long.SIZE];
                for (int position = 0; position < drawn.length; position++) {
                    ones[position / Long.SIZE] |= draws.nextDouble() < drawn[position] ? 1L << position : 0;
                }
                double score = evidence.score(BitSet.valueOf(ones)).score();
                most = Math.max(most, score);
                over += score >= needed() ? 1 : 0;
            }
            int named = (int) bits.stream()
                    .filter(mine -> evidence.score(mine).score() >= needed())
                    .count();
            counts.add(words.size(), named);
            innocent.add(most);
            return over;
        }
    }

    @SuppressWarnings("SystemOut") // a program for people
    private static void print(String line) {
        System.out.println(line);
    }
}
