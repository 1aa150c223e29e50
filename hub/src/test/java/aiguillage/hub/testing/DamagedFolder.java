package aiguillage.hub.testing;

import aiguillage.hub.Check;
import aiguillage.hub.Progress;
import aiguillage.hub.check.Report;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A small real data folder, and what becomes of it when any file in it is damaged: does the check name it, does a
/// hub refuse it, and is ever a wrong byte served?
public final class DamagedFolder {

    private static final String CLAIMS = "opel/warranty-claim";
    private static final int FILM_BYTES = 400_000;
    private static final List<String> ASKED =
            List.of("/v1/documents/%s", "/v1/documents/%s/payload", "/v1/documents/%s/receipts");

    private final Path lived;
    private final Path scratch;
    private final Map<String, byte[]> truth = new HashMap<>();
    private final List<String> ids = new ArrayList<>();
    private final String checkpoint;

    /// What was tried, and how it ended.
    ///
    /// @param named by the check, with the folder's own means or a checkpoint from outside
    /// @param refused by a hub: it did not start, or stopped when it met the damage
    /// @param harmless neither, in a file that holds nothing anybody is served
    /// @param wrong answers of a hub that were not what they had been
    public record Outcome(int damages, int named, int refused, int harmless, List<String> silent, List<String> wrong) {}

    /// Makes the folder: three lives of a hub, so that every kind of file is there.
    public DamagedFolder(Path folder) throws Exception {
        this.lived = folder.resolve("lived");
        this.scratch = Files.createDirectory(folder.resolve("scratch"));
        String[] head = {""};
        for (int life = 0; life < 3; life++) {
            try (var hub = new RunningHub(lived);
                    HttpClient dealer = hub.client("dealer-7");
                    HttpClient centre = hub.client("opel-centre")) {
                live(hub, dealer, centre, life);
                head[0] = hub.get(centre, "/v1/ledger/checkpoint").body();
                if (life == 2) {
                    ask(hub, (path, body) -> truth.put(path, body));
                }
            }
        }
        this.checkpoint = head[0];
    }

    private void live(RunningHub hub, HttpClient dealer, HttpClient centre, int life) throws Exception {
        for (int i = 0; i < 6; i++) {
            String id = "claim-" + life + "-" + i;
            hub.submit(dealer, "dealer-7", CLAIMS, id, ("content of " + id + " ").repeat(i * 40 + 1));
            ids.add(id);
        }
        var film = new byte[FILM_BYTES];
        new Random(life).nextBytes(film);
        dealer.send(
                hub.submission("dealer-7", "opel/film", "film-" + life, film).build(),
                HttpResponse.BodyHandlers.discarding());
        ids.add("film-" + life);
        String inbox = hub.get(centre, "/v1/inbox?limit=3").body();
        long first = Long.parseLong(inbox.replaceAll("(?s).*?\"position\":\"?([0-9]+).*", "$1"));
        hub.post(
                centre,
                "/v1/inbox/acknowledgements",
                "{\"acknowledge\":[" + first + "],\"reject\":[{\"position\":" + (first + 1)
                        + ",\"reason\":\"unreadable\"}]}");
        hub.operator("/operator/enrolments", "{\"party\":\"dealer-8\"}");
    }

    private interface Told {
        void at(String path, byte[] body);
    }

    private void ask(RunningHub hub, Told told) throws IOException {
        try (HttpClient dealer = hub.client("dealer-7");
                HttpClient centre = hub.client("opel-centre")) {
            for (String id : ids) {
                for (String path : ASKED) {
                    if (hub.failure() == null) { // a process has ended by now
                        one(hub, dealer, path.formatted(id), told);
                    }
                }
            }
            if (hub.failure() == null) {
                one(hub, centre, "/v1/inbox?limit=100", told);
            }
        }
    }

    private static void one(RunningHub hub, HttpClient client, String path, Told told) {
        try {
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(hub.uri(path))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() < 300) {
                told.at(path, answer.body());
            }
        } catch (IOException broken) {
            // No whole answer: nobody takes it for one.
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Every file of the data folder, in order.
    public List<Path> files() throws IOException {
        Path data = lived.resolve("data");
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(Files::isRegularFile)
                    .map(data::relativize)
                    .filter(file -> !file.startsWith("native"))
                    .sorted()
                    .toList();
        }
    }

    /// Whether a file holds nothing that anything depends on: the store's own log for people, its lock, its name, and
    /// copies of options which the hub sets itself; who was last heard and how the hub was, kept for convenience.
    public static boolean holdsNothing(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith("LOG")
                || name.startsWith("OPTIONS-")
                || List.of("LOCK", "IDENTITY", "presence.json", "public-status.json")
                        .contains(name);
    }

    /// Whether the hub makes a file again when it is gone: its proofs of itself, of which nothing else depends; and the
    /// key of datasets, as long as it has none.
    public static boolean isMadeAgain(Path file) {
        return List.of("operator.token", "hub.pem", "ledger.vkey", "datasets.key")
                .contains(String.valueOf(file.getFileName()));
    }

    /// Of a text file only the end of its last line was cut off.
    private boolean isLineEnd(Path file, Damage damage) throws IOException {
        Path whole = lived.resolve("data").resolve(file);
        long size = Files.size(whole);
        return size < 1_000
                && damage.what.equals("cut to " + (size - 1) + " of " + size)
                && Files.readString(whole).endsWith("\n");
    }

    private record Damage(String what, Consumer<Path> on) {}

    /// Damages every file in turn: so many flipped bits and cuts at random places, and a deletion.
    ///
    /// @param times how many of each for every file
    /// @param each told how far it is
    public Outcome damageAll(int times, long seed, Consumer<String> each) throws Exception {
        var random = new Random(seed);
        int[] counts = new int[4];
        var silent = new ArrayList<String>();
        var wrong = new ArrayList<String>();
        for (Path file : files()) {
            long size = Files.size(lived.resolve("data").resolve(file));
            for (Damage damage : damages(size, times, random)) {
                String what = file + ", " + damage.what;
                each.accept(what);
                Path copy = copy();
                damage.on.accept(copy.resolve("data").resolve(file));
                Report report = new Check(copy.resolve("data"), null, Progress.none()).run(checkpoint, scratch);
                boolean refused = isRefused(copy, what, wrong);
                counts[0]++;
                boolean named = !report.isWhole()
                        || report.notes().stream().anyMatch(note -> note.contains(String.valueOf(file.getFileName())));
                counts[1] += named ? 1 : 0;
                counts[2] += refused ? 1 : 0;
                if (!named && !refused) {
                    boolean harmless = holdsNothing(file) || isMadeAgain(file) || isLineEnd(file, damage);
                    counts[3] += harmless ? 1 : 0;
                    if (!harmless) {
                        silent.add(what);
                    }
                }
                remove(copy);
            }
        }
        return new Outcome(counts[0], counts[1], counts[2], counts[3], List.copyOf(silent), List.copyOf(wrong));
    }

    private static List<Damage> damages(long size, int times, Random random) {
        var damages = new ArrayList<Damage>();
        damages.add(new Damage("deleted", DamagedFolder::delete));
        for (int i = 0; i < times && size > 0; i++) {
            long at = random.nextLong(size);
            int bit = random.nextInt(8);
            damages.add(new Damage("bit " + bit + " of byte " + at + " flipped", file -> flip(file, at, 1 << bit)));
            long to = i == 0 ? size - 1 : random.nextLong(size);
            damages.add(new Damage("cut to " + to + " of " + size, file -> cut(file, to)));
        }
        return damages;
    }

    /// Whether no hub starts on it, or it stops by itself; whatever it served before is compared.
    private boolean isRefused(Path copy, String what, List<String> wrong) throws Exception {
        RunningHub hub;
        try {
            hub = new RunningHub(copy);
        } catch (Exception | AssertionError e) {
            if (String.valueOf(e.getMessage()).isBlank()) {
                wrong.add(what + ": refused without a word: " + e);
            }
            return true;
        }
        try {
            ask(hub, (path, body) -> {
                if (!Arrays.equals(body, truth.get(path))) {
                    wrong.add(what + ": " + path + " was served otherwise");
                }
            });
        } finally {
            hub.closeFailed();
        }
        return hub.failure() != null;
    }

    /// A copy to damage, beside the folder; without what a store unpacks for itself.
    public Path copy() throws IOException {
        Path copy = Files.createTempDirectory(scratch, "copy-");
        try (Stream<Path> all = Files.walk(lived)) {
            for (Path from : all.toList()) {
                Path to = copy.resolve(lived.relativize(from));
                if (Files.isDirectory(from)) {
                    Files.createDirectories(to);
                } else if (!from.toString().contains("/native/")) {
                    Files.copy(from, to, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return copy;
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Flips bits of one byte.
    public static void flip(Path file, long at, int mask) {
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            open.read(one, at);
            one.put(0, (byte) (one.get(0) ^ mask)).rewind();
            open.write(one, at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Cuts a file.
    public static void cut(Path file, long bytes) {
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
            open.truncate(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The folder itself, whole.
    public Path lived() {
        return lived;
    }

    /// The last head that the world outside knows.
    public @Nullable String checkpoint() {
        return checkpoint;
    }

    /// The hub's name.
    public PartyId hub() {
        return Documents.HUB;
    }
}
