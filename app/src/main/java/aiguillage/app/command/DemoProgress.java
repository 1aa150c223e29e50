package aiguillage.app.command;

import aiguillage.app.demo.Demo;
import aiguillage.app.terminal.Terminal;
import java.nio.file.Path;
import java.time.Duration;

/// Shows how the demo goes: one line that changes on a terminal, a line every few seconds elsewhere.
final class DemoProgress implements Demo.Progress {

    private static final Duration LINE_EVERY = Duration.ofSeconds(2);
    private static final int BAR_CHARS = 24;

    private static final String BY_HAND = """

            The same by hand, in this folder; hub, gateways and centre each in a terminal of its own:
              ./aiguillage init my-hub
              ./aiguillage ca init --folder my-hub/ca
              ./aiguillage hub run --config my-hub/hub.yaml
              ./aiguillage party code dealer-7 --config my-hub/hub.yaml
              ./aiguillage gateway enrol --config my-hub/dealer-7/gateway.yaml --code CODE --fingerprint FINGERPRINT
              ./aiguillage gateway run --config my-hub/dealer-7/gateway.yaml
              ./aiguillage party code warranty-centre --config my-hub/hub.yaml
              ./aiguillage gateway enrol --config my-hub/warranty-centre/gateway.yaml --code CODE --fingerprint FINGERPRINT
              ./aiguillage gateway run --config my-hub/warranty-centre/gateway.yaml
              ./aiguillage demo decide --dms my-hub/warranty-centre/dms --brand opel
              mkdir -p my-hub/dealer-7/dms/opel/out/warranty-claim
              mv my-hub/claim.xml my-hub/dealer-7/dms/opel/out/warranty-claim/claim.xml
              ls my-hub/dealer-7/dms/opel/in/warranty-decision
              ./aiguillage receipt verify my-hub/dealer-7/dms/opel/done/warranty-claim/claim.xml.receipt.json \\
                  --key my-hub/data/ledger.vkey
            Kill the hub at any moment (kill -9), run it again, and count.
            """;

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

    /// The commands that repeat every step, and those that look around.
    ///
    /// @param running whether the demo's processes are still there to be asked
    static String byHand(Path folder, boolean running) {
        if (!running) {
            return BY_HAND + "To look around in what the demo did: ./aiguillage demo --folder FOLDER --stay\n";
        }
        return BY_HAND + """

                Look around in this demo's folder:
                  ./aiguillage where W-04821-OPEL-000001 --config %1$s/hub.yaml
                  ./aiguillage hub mailboxes --config %1$s/hub.yaml
                  ./aiguillage gateway status --config %1$s/dealer-7/gateway.yaml
                  ./aiguillage receipt verify \\
                      %1$s/dealer-7/dms/opel/done/warranty-claim/W-04821-OPEL-000001.xml.receipt.json \\
                      --key %1$s/data/ledger.vkey
                """.formatted(folder);
    }
}
