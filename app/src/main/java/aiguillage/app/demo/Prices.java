package aiguillage.app.demo;

import aiguillage.app.call.Caller;
import aiguillage.app.dataset.FileFormat;
import aiguillage.app.dataset.HubDataset;
import aiguillage.app.dataset.Said;
import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The demo's second act: a price list is published, changes, an embargo opens, a leaked file is traced.
final class Prices implements AutoCloseable {

    private static final int CHANGED_PERCENT = 5;

    /// Half a copy is leaked.
    private static final int LEAKED_PERCENT = 50;

    /// A sealed version is published so long before its instant, and longer where the one before took long.
    private static final Duration SEALED_MIN = Duration.ofSeconds(4);

    private static final int SEALED_TIMES = 3;

    /// What did not come to be after so long is counted as not done.
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration LAST_LOOK = Duration.ofMillis(300);
    private static final long SEED = 20_260_501;

    private final Stage stage;
    private final Demo.Progress progress;
    private final HubDataset hub;
    private final List<DealerDoor> doors;
    private final Path files;
    private PriceList list;
    private long latest;

    Prices(Stage stage, int parts, Demo.Progress progress) throws IOException {
        this.stage = stage;
        this.progress = progress;
        this.list = PriceList.of(parts);
        this.files = Files.createDirectories(stage.folder().party(Cast.MAKER).resolve("prices"));
        this.hub = stage.publisher();
        this.doors = stage.doors();
    }

    /// Plays it, and counts.
    PriceFigures run() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        PriceFigures.Published published = publish();
        PriceFigures.Changed changed = change();
        Duration slow = Duration.ofNanos(System.nanoTime() - begun).dividedBy(2);
        PriceFigures.Embargo embargo = embargo(slow);
        return new PriceFigures(doors.size(), published, changed, embargo, leak());
    }

    private PriceFigures.Published publish() throws IOException, InterruptedException {
        progress.step("The manufacturer publishes " + list.lines().size() + " prices; each dealer's copy is marked.");
        JsonNode version = published("prices-1.csv", list, "");
        Instant since = Said.instant(version, "effective");
        long number = number(version);
        Duration took = await(since, () -> doors.stream().allMatch(door -> door.isAt(number)));
        return new PriceFigures.Published(list.lines().size(), exact(number), took.toMillis());
    }

    private PriceFigures.Changed change() throws IOException, InterruptedException {
        PriceList before = list;
        list = dearer(SEED);
        Set<String> changed = list.changedSince(before);
        String part = new TreeSet<>(changed).getFirst();
        progress.step(changed.size() + " prices change, " + part + " to " + list.price(part) + ".");
        try (var asking = Asking.begin(doors, part, list.price(part))) {
            JsonNode version = published("prices-2.csv", list, "");
            Instant since = Said.instant(version, "effective");
            await(since, asking::isHeardByAll);
            long number = number(version);
            await(since, () -> doors.stream().allMatch(door -> door.isAt(number)));
            int exact = 0;
            for (DealerDoor door : doors) {
                boolean isAll = isExact(door, number)
                        && ofList(door.changedSince(number - 1)).equals(changed);
                exact += isAll ? 1 : 0;
            }
            return new PriceFigures.Changed(
                    changed.size(), asking.heard(), exact, asking.last(since).toMillis());
        }
    }

    private PriceList dearer(long seed) {
        return list.dearer(Math.max(1, list.lines().size() * CHANGED_PERCENT / 100), seed);
    }

    /// Decoys may come and go with what they stand beside.
    private Set<String> ofList(Set<String> parts) {
        return parts.stream().filter(list.lines()::containsKey).collect(Collectors.toSet());
    }

    /// @param slow how long a publication took that was not sealed
    private PriceFigures.Embargo embargo(Duration slow) throws IOException, InterruptedException {
        PriceList before = list;
        list = dearer(SEED + 1);
        String part = new TreeSet<>(list.changedSince(before)).getFirst();
        Duration ahead = SEALED_MIN.plus(slow.multipliedBy(SEALED_TIMES));
        Instant opens = Instant.ofEpochMilli(Instant.now().plus(ahead).toEpochMilli());
        progress.step("The next list is published, sealed for " + ahead.toSeconds() + " s.");
        try (var asking = Asking.begin(doors, part, list.price(part))) {
            JsonNode version =
                    published("prices-3.csv", list, "?sealed=true&effective=" + Caller.escaped(opens.toString()));
            long number = number(version);
            while (Instant.now().isBefore(opens.minus(LAST_LOOK)) && comingAt(number) < doors.size()) {
                Thread.sleep(LOOK_EVERY);
            }
            int here = Instant.now().isBefore(opens) ? comingAt(number) : 0;
            int toldAhead = askedAhead(part, opens);
            await(opens, asking::isHeardByAll);
            await(opens, () -> doors.stream().allMatch(door -> door.isAt(number)));
            progress.step("Its hour came; " + asking.heard() + " of " + doors.size() + " dealers answer its prices.");
            return new PriceFigures.Embargo(
                    here,
                    asking.before(opens),
                    asking.lastBefore(opens).toMillis(),
                    asking.early(opens) + toldAhead,
                    asking.heard(),
                    asking.untold(opens),
                    exact(number),
                    asking.last(opens).toMillis());
        }
    }

    private int comingAt(long number) {
        return (int) doors.stream().filter(door -> door.isComing(number)).count();
    }

    /// Doors that tell before the instant what holds then.
    private int askedAhead(String part, Instant opens) throws IOException, InterruptedException {
        int told = 0;
        for (DealerDoor door : doors) {
            boolean isTold =
                    door.price(part, opens).filter(list.price(part)::equals).isPresent();
            told += isTold && Instant.now().isBefore(opens) ? 1 : 0;
        }
        return told;
    }

    private PriceFigures.Leak leak() throws IOException, InterruptedException {
        DealerDoor leaker = doors.stream()
                .filter(door -> door.dealer().equals(Cast.LEAKER))
                .findFirst()
                .orElseThrow();
        List<String> copy = leaker.copy().stream()
                .map(row -> row.get("description") + ";" + comma(row.get("price")) + ";" + row.get("part"))
                .collect(Collectors.toCollection(ArrayList::new));
        List<String> own = list.lines().entrySet().stream()
                .map(line -> line.getValue().description() + ";"
                        + comma(line.getValue().price().toString()) + ";" + line.getKey())
                .collect(Collectors.toCollection(ArrayList::new));
        Path leaked = excerpt("leaked.csv", copy);
        int rows = (int) Files.readString(leaked).lines().count();
        progress.step(rows + " rows of a dealer's copy turn up, sorted anew; the operator traces them.");
        JsonNode traced = traced(leaked);
        double chance = accused(traced)
                .mapToDouble(suspect -> suspect.path("innocentMax").asDouble())
                .max()
                .orElse(1);
        return new PriceFigures.Leak(
                Cast.LEAKER.value(),
                rows,
                traced.path("marks").asLong(),
                names(traced),
                chance,
                names(traced(excerpt("published.csv", own))));
    }

    private static String comma(@Nullable String price) {
        return price == null ? "" : price.replace('.', ',');
    }

    /// A part of the rows, in the order of what stands first in them.
    private Path excerpt(String name, List<String> rows) throws IOException {
        Collections.shuffle(rows, new Random(SEED));
        List<String> some = rows.subList(0, rows.size() * LEAKED_PERCENT / 100);
        Collections.sort(some);
        return Files.write(stage.folder().folder().resolve(name), some);
    }

    private JsonNode traced(Path excerpt) throws IOException, InterruptedException {
        Child.Ended ended = stage.trace(latest, excerpt);
        boolean hasAnswered = ended.exit() == Exit.OK.code() || ended.exit() == Exit.NO.code();
        if (!hasAnswered || ended.out().isBlank()) {
            throw new Failure(Exit.INTERNAL, "The trace ended with " + ended.exit() + "; see logs/trace.log.");
        }
        return JsonMapper.shared().readTree(ended.out());
    }

    private static Stream<JsonNode> accused(JsonNode traced) {
        return traced.path("suspects")
                .valueStream()
                .filter(suspect -> suspect.path("accused").asBoolean());
    }

    private static List<String> names(JsonNode traced) {
        return accused(traced).map(suspect -> suspect.path("reader").asString()).toList();
    }

    private JsonNode published(String name, PriceList what, String terms) throws IOException {
        Path file = Files.writeString(files.resolve(name), what.csv());
        JsonNode answer = hub.sent("/versions" + terms, FileFormat.CSV.mediaType(), file);
        if (!answer.has("version")) {
            throw new Failure(Exit.INTERNAL, "The hub did not publish " + file + ": " + answer);
        }
        latest = number(answer);
        return answer;
    }

    private static long number(JsonNode version) {
        return version.path("version").asLong();
    }

    private int exact(long version) throws IOException, InterruptedException {
        int exact = 0;
        for (DealerDoor door : doors) {
            exact += isExact(door, version) ? 1 : 0;
        }
        return exact;
    }

    /// Signed rows are what the hub made of the file; this asks whether that is what the file says. Rows that are not
    /// in it are decoys, and belong to the copy's marks.
    private boolean isExact(DealerDoor door, long version) throws IOException, InterruptedException {
        Map<String, String> prices = door.copy().stream()
                .filter(row -> list.lines().containsKey(row.get("part")))
                .collect(Collectors.toMap(row -> "" + row.get("part"), row -> "" + row.get("price")));
        boolean isListed = prices.size() == list.lines().size()
                && prices.entrySet().stream().allMatch(row -> row.getValue().equals(list.price(row.getKey())));
        return isListed && door.isAt(version);
    }

    @FunctionalInterface
    private interface Question {
        boolean isSo();
    }

    /// Waits until something is so, or for too long.
    ///
    /// @return how long after an instant that was
    private Duration await(Instant since, Question end) throws InterruptedException {
        Instant max = Instant.now().plus(WAIT_MAX);
        while (!end.isSo()) {
            if (!stage.isWhole()) {
                throw new Failure(Exit.INTERNAL, "A process of the demo ended by itself; see the folder's logs.");
            }
            if (Instant.now().isAfter(max)) {
                break;
            }
            Thread.sleep(LOOK_EVERY);
        }
        return Duration.between(since, Instant.now());
    }

    @Override
    public void close() {
        doors.forEach(DealerDoor::close);
        hub.close();
    }
}
