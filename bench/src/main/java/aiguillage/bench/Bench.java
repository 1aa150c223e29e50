package aiguillage.bench;

import aiguillage.bench.doors.Door;
import aiguillage.bench.doors.DoorsBench;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.flat.FlatBench;
import aiguillage.bench.folders.FoldersBench;
import aiguillage.bench.journal.JournalBench;
import aiguillage.bench.ledger.LedgerBench;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;

/// What can be measured, in the order measured. A new one is one line here.
enum Bench {
    SUBMISSION("submission", Set.DEFAULT, 50, "a document in, beside an empty POST", SubmissionBench::measure),
    JOURNAL("journal", Set.DEFAULT, 20, "the journal alone, beside a bare file", JournalBench::measure),
    SINGLE("single", Set.FULL, 55, "a document in, beside fsync and signature for each", SingleBench::measure),
    LEDGER("ledger", Set.DEFAULT, 20, "entries integrated, signed and provable", LedgerBench::measure),
    FOLDERS("folders", Set.DEFAULT, 75, "from folder to folder at 100 documents a second", FoldersBench::measure),
    HTTP2("http2", Set.DEFAULT, 40, "the same over HTTP/2, beside HTTP/1.1", Http2Bench::measure),
    DRAIN("drain", Set.FULL, 45, "a full mailbox drained, beside a file over TLS", Scale::drain),
    IDLE("idle", Set.FULL, 45, "streams at rest: memory and processor time", Scale::idle),
    BROADCAST("broadcast", Set.DEFAULT, 20, "one document to all gateways, beside a loop", Scale::broadcast),
    STORM("storm", Set.FULL, 50, "all gateways come back, beside bare handshakes", Scale::storm),
    RESTART("restart", Set.DEFAULT, 20, "a killed hub's restart, beside opening its store", Scale::restart),
    COST("cost", Set.DEFAULT, 10, "one more document when many are stored", Scale::cost),
    PAGES("pages", Set.FULL, 120, "the console's pages, beside a page of nothing", Scale::pages),
    LARGE("large", Set.DEFAULT, 20, "a large payload in and out, beside a copy", Scale::large),
    SPREAD("spread", Set.DEFAULT, 20, "one price to all gateways, beside a loop", ListScale::spread),
    CHANGE("change", Set.FULL, 30, "many rows to all replicas, beside copies of the file", ListScale::change),
    EMBARGO("embargo", Set.FULL, 60, "a sealed list's instant, beside a change of one row", ListScale::embargo),
    PUBLISH("publish", Set.FULL, 25, "a full list published, beside reading it", ListScale::publish),
    LOOKUP("lookup", Set.FULL, 35, "a lookup at the dealer, beside RocksDB's get", ListScale::lookup),
    DOOR("door", Set.FULL, 45, "the same at the local door, beside an empty call", ListScale::door),
    MARKED("marked", Set.FULL, 40, "a marked copy for one, beside one without marks", ListScale::marked),
    DAY("day", Set.FULL, 20, "bytes of a day's changes, beside the whole file", ListScale::day),
    KAFKA("kafka", Set.FULL, 40, "the journal, beside a one-node Apache Kafka", KafkaBench::measure),
    STAR("star", Set.FULL, 75, "STAR's door, beside REST and bare CXF", doors(Door.STAR)),
    AS4("as4", Set.FULL, 300, "the AS4 door, beside REST and phase4", doors(Door.AS4)),
    SFTP("sftp", Set.FULL, 75, "the SFTP door, beside REST and bare SSHD", doors(Door.SFTP)),
    FTPS("ftps", Set.FULL, 75, "the FTPS door, beside REST and bare FtpServer", doors(Door.FTPS)),
    FLAT_SFTP("flat-sftp", Set.FULL, 60, "flat files by SFTP, beside plain SFTP and REST", doors(Door.FLAT)),
    FLAT("flat", Set.FULL, 25, "flat files read, beside copying them line by line", FlatBench::measure),
    PHASE4("phase4", Set.FULL, 100, "a document in, beside the same job by phase4 (AS4)", Phase4Bench::measure);

    /// Names everything about price lists.
    private static final String DATASET = "dataset";

    /// The default set in all may be planned to take this long, in s.
    static final int DEFAULT_SECONDS_MAX = 300;

    private final String label;
    private final Set set;
    private final int seconds;
    private final String text;
    /// Without state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Measurement measurement;

    /// @param label its name on the command line
    /// @param seconds how long it takes with the default settings, upper bound
    /// @param text one line, at most 60 characters
    Bench(String label, Set set, int seconds, String text, Measurement measurement) {
        this.label = label;
        this.set = set;
        this.seconds = seconds;
        this.text = text;
        this.measurement = measurement;
    }

    /// When a bench runs that was not named.
    enum Set {
        /// always
        DEFAULT,
        /// only with `--full`
        FULL
    }

    /// Measures all rounds and closes whatever it has started, also when it fails.
    @FunctionalInterface
    interface Measurement {

        /// @param settings with a folder of this bench's own
        /// @throws IOException when a process failed, or what was counted does not fit together
        List<Figure> measure(Settings settings, Progress progress) throws IOException, InterruptedException;
    }

    private static Measurement doors(Door door) {
        return (settings, progress) -> DoorsBench.measure(settings, progress, door);
    }

    String label() {
        return label;
    }

    int seconds() {
        return seconds;
    }

    List<Figure> measure(Settings settings, Progress progress) throws IOException, InterruptedException {
        return measurement.measure(settings, progress);
    }

    /// What runs when nothing was named.
    static List<Bench> all(boolean full) {
        return Arrays.stream(values())
                .filter(bench -> full || bench.set == Set.DEFAULT)
                .toList();
    }

    /// One line each.
    static String list() {
        return Arrays.stream(values())
                .map(bench -> String.format(
                        "  %-12s %-60s %4d s%s%n",
                        bench.label, bench.text, bench.seconds, bench.set == Set.FULL ? "  only with --full" : ""))
                .collect(Collectors.joining(
                        "", "", "  " + DATASET + " names all from " + SPREAD.label + " to " + DAY.label + ".\n"));
    }

    /// From a name on the command line.
    ///
    /// @throws IllegalArgumentException with all names when there is none such
    static List<Bench> named(String label) {
        if (label.equals(DATASET)) {
            return List.copyOf(EnumSet.range(SPREAD, DAY));
        }
        List<Bench> named = Arrays.stream(values())
                .filter(bench -> bench.label.equals(label))
                .toList();
        if (named.isEmpty()) {
            throw new IllegalArgumentException("No bench is named '" + label + "'. There are: "
                    + Arrays.stream(values()).map(Bench::label).collect(Collectors.joining(", ")) + ", and " + DATASET
                    + " for all of price lists.");
        }
        return named;
    }
}
