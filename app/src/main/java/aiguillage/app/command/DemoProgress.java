package aiguillage.app.command;

import aiguillage.app.demo.Demo;
import aiguillage.app.terminal.Terminal;
import java.nio.file.Path;
import java.time.Duration;

/// Shows how the demo goes: one line that changes on a terminal, a line every few seconds elsewhere.
final class DemoProgress implements Demo.Progress {

    private static final Duration LINE_EVERY = Duration.ofSeconds(2);
    private static final int BAR_CHARS = 24;

    private final Terminal terminal;
    private final int claims;
    private final boolean live = Terminal.isWatched();
    private final long begun = System.nanoTime();
    private long lastLine;
    private boolean open;

    DemoProgress(Terminal terminal, int claims) {
        this.terminal = terminal;
        this.claims = claims;
    }

    @Override
    public void step(String sentence) {
        end();
        terminal.err().printf("%5.1f s  %s%n", seconds(), sentence);
        terminal.err().flush();
    }

    @Override
    public void counted(int sent, int received, int answered) {
        long now = System.nanoTime();
        if (!live && now - lastLine < LINE_EVERY.toNanos()) {
            return;
        }
        lastLine = now;
        int full = (int) ((long) BAR_CHARS * answered / claims);
        terminal.err()
                .printf(
                        "%s%5.1f s  [%s%s] sent %d, received %d, answered %d",
                        live ? "\r" : "",
                        seconds(),
                        "#".repeat(full),
                        ".".repeat(BAR_CHARS - full),
                        sent,
                        received,
                        answered);
        if (live) {
            open = true;
        } else {
            terminal.err().println();
        }
        terminal.err().flush();
    }

    /// Leaves the changing line.
    void end() {
        if (open) {
            terminal.err().println();
            open = false;
        }
    }

    private double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }

    /// The commands that repeat every step.
    static String byHand(Path folder, boolean kept) {
        String again = kept ? folder.toString() : "FOLDER";
        return """

                The same by hand, step by step:
                  ./aiguillage init my-hub      then follow my-hub/README.md

                Look around in this demo's folder%1$s:
                  ./aiguillage where W-04821-OPEL-000001 --config %2$s/hub.yaml
                  ./aiguillage hub mailboxes --config %2$s/hub.yaml
                  ./aiguillage gateway status --config %2$s/dealer-7/gateway.yaml
                  cd %2$s/dealer-7/dms/opel/done/warranty-claim
                  aiguillage receipt verify W-04821-OPEL-000001.xml.receipt.json \\
                      --key %2$s/data/ledger.vkey""".formatted(kept ? "" : " (keep it: --folder FOLDER --stay)", again);
    }
}
