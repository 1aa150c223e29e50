package aiguillage.app.demo;

import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.app.warranty.ClaimLines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The demo, step by step.
public final class Demo implements AutoCloseable {

    /// The hub dies once so many percent of the claims have reached the centre.
    private static final int KILL_AT_PERCENT = 40;

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    /// Without any progress for so long, the demo ends with what it has.
    private static final Duration STILL_MAX = Duration.ofSeconds(30);

    private final int claims;
    private final int perSecond;
    private final int parts;
    private final Cast cast;
    private final Stage stage;
    private final Count count;
    private final @Nullable ClaimLines lines;
    private final Progress progress;
    private int hubKills;

    /// Starts the hub in an empty folder.
    ///
    /// @param perSecond claims that the dealers' systems write
    /// @param parts in the price list
    /// @param doors whether each dealer is at another door; then there is no second act
    /// @param hasConsole whether the hub has pages for people
    public Demo(Path folder, int claims, int perSecond, int parts, boolean doors, boolean hasConsole, Progress progress)
            throws IOException, InterruptedException {
        this.claims = claims;
        this.perSecond = perSecond;
        this.parts = parts;
        this.progress = progress;
        this.cast = doors ? Cast.atDifferentDoors() : Cast.withGateways();
        this.stage = new Stage(folder, cast, hasConsole);
        this.lines =
                cast.sshKeyPair() == null ? null : new ClaimLines(stage.folder().formats());
        this.count = new Count(stage.folder(), cast.workshops(), lines);
    }

    /// Who is told how it goes.
    public interface Progress {
        /// Something happened.
        void step(String sentence);

        /// How many of all claims have got how far.
        void counted(int sent, int received, int answered);
    }

    /// Runs it all, and counts.
    public Figures run() throws IOException, InterruptedException {
        stage.enrolAll();
        ClaimFigures counted = claims();
        if (!cast.hasPrices()) {
            return new Figures(counted, null, count.doors(stage.archived()));
        }
        progress.step("All claims are answered and counted. The second act is about prices.");
        try (var prices = new Prices(stage, parts, progress)) {
            return new Figures(counted, prices.run(), null);
        }
    }

    /// The link at which the first person who looks at the hub makes a security key; where it has a console.
    public String consoleLink() throws IOException {
        return stage.consoleLink();
    }

    /// The first act.
    private ClaimFigures claims() throws IOException, InterruptedException {
        progress.step(
                cast.hasPrices()
                        ? "A hub, two dealers' gateways and a warranty centre run, each with a certificate it enrolled for."
                        : "A hub, a warranty centre and an archive run. dealer-7 has a gateway's folder, dealer-8 speaks"
                                + " STAR, dealer-9 sends flat files by SFTP, dealer-10 speaks AS4.");
        var workshops = new Workshops(stage.folder(), lines, cast.workshops(), claims, perSecond);
        Thread writing = Thread.ofPlatform().name("workshops").start(workshops);
        try {
            progress.step("The dealers' systems write " + claims + " claims, " + perSecond + " a second.");
            watch(this::isKillDue);
            kill();
            watch(this::isDone);
        } finally {
            writing.interrupt();
            writing.join();
        }
        return count.figures(claims, workshops.written(), hubKills);
    }

    @FunctionalInterface
    private interface Question {
        boolean isSo() throws IOException;
    }

    /// Shows progress until something is so, or nothing moves any more.
    private void watch(Question end) throws IOException, InterruptedException {
        long before = -1;
        long movedAt = System.nanoTime();
        while (!end.isSo()) {
            if (!stage.isWhole()) {
                throw new Failure(Exit.INTERNAL, "A process of the demo ended by itself; see the folder's logs.");
            }
            int sent = count.sent();
            int received = count.received();
            int answered = count.answered();
            progress.counted(sent, received, answered);
            long sum = (long) sent + received + answered;
            if (sum != before) {
                before = sum;
                movedAt = System.nanoTime();
            } else if (System.nanoTime() - movedAt > STILL_MAX.toNanos()) {
                return; // what is missing then shows as lost
            }
            Thread.sleep(LOOK_EVERY);
        }
        progress.counted(count.sent(), count.received(), count.answered());
    }

    private boolean isKillDue() throws IOException {
        return count.received() * 100L >= claims * (long) KILL_AT_PERCENT;
    }

    private void kill() throws IOException, InterruptedException {
        progress.step("The hub is killed (SIGKILL) and started again; the dealers go on writing.");
        stage.killHub();
        hubKills++;
        stage.awaitHub();
        progress.step("The hub is back.");
    }

    /// All are answered, and no mailbox holds anything any more.
    private boolean isDone() throws IOException {
        return count.answered() >= claims && count.sent() >= claims && stage.waitingInMailboxes() == 0;
    }

    @Override
    public void close() {
        stage.close();
    }
}
