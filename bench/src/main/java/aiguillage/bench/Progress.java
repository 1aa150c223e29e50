package aiguillage.bench;

import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Says on the standard error what is being done, so that nobody waits longer than 2 s without knowing for what: on a
/// terminal one line that is drawn anew each second, elsewhere a line per step. Any thread may call.
public final class Progress implements AutoCloseable {

    private static final Duration REDRAWN_AFTER = Duration.ofSeconds(1);
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream out;
    private final boolean redraws;
    private final long beginNanos = System.nanoTime();
    private final @Nullable Thread ticker;
    private String bench = "";
    private String step = "";

    private Progress(PrintStream out, boolean redraws) {
        this.out = out;
        this.redraws = redraws;
        this.ticker = redraws ? Thread.ofVirtual().name("progress").start(this::tick) : null;
    }

    /// On the standard error. JDK 25 has no console where the output is no terminal.
    @SuppressWarnings("SystemConsoleNull")
    public static Progress start() {
        var console = System.console();
        return new Progress(System.err, console != null && console.isTerminal());
    }

    /// What the next steps belong to.
    public synchronized void begin(String name) {
        bench = name;
        step("starting");
    }

    /// What is done now, as in `round 2 of 3, 64 clients`.
    public synchronized void step(String text) {
        step = text;
        if (redraws) {
            draw();
        } else {
            out.println(line());
        }
    }

    /// One round of several.
    public void round(int number, int of, String what) {
        step("round " + number + " of " + of + ", " + what);
    }

    /// A line that stays, on the standard output: something that was counted.
    public synchronized void say(String text) {
        clear();
        System.out.println(text);
    }

    /// Makes room for other output.
    public synchronized void clear() {
        if (redraws) {
            out.print(CLEAR);
            out.flush();
        }
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(REDRAWN_AFTER);
                draw();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private synchronized void draw() {
        out.print(CLEAR + line());
        out.flush();
    }

    private String line() {
        long seconds = Duration.ofNanos(System.nanoTime() - beginNanos).toSeconds();
        return String.format("%4d s  %s: %s", seconds, bench, step);
    }

    @Override
    public void close() {
        if (ticker != null) {
            ticker.interrupt();
        }
        clear();
    }
}
