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
              sed -i -E 's/^#( {2}|datasets:)/\\1/' my-hub/flows.yaml
              ./aiguillage ca init --folder my-hub/ca
              ./aiguillage hub run --config my-hub/hub.yaml
              mkdir my-hub/opel
              sed 's/^party: .*/party: opel/' my-hub/dealer-7/gateway.yaml > my-hub/opel/gateway.yaml
              echo 'exports: [{ dataset: opel/parts-prices }]' >> my-hub/dealer-7/gateway.yaml
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
              ./aiguillage party code opel --config my-hub/hub.yaml
              ./aiguillage gateway enrol --config my-hub/opel/gateway.yaml --code CODE --fingerprint FINGERPRINT
              ./aiguillage demo prices my-hub/prices.csv
              ./aiguillage dataset publish opel/parts-prices my-hub/prices.csv --gateway my-hub/opel/gateway.yaml
              ./aiguillage dataset lookup opel/parts-prices 93100042 --config my-hub/dealer-7/gateway.yaml
              sort -R my-hub/dealer-7/dms/opel/prices/parts-prices-v1.csv > my-hub/leaked.csv
              ./aiguillage dataset trace opel/parts-prices --of 1 my-hub/leaked.csv --config my-hub/hub.yaml
            Kill the hub at any moment (kill -9), run it again, and count.
            """;

    private static final String AT_DOORS = """

            Each door by itself, from nothing to the first document: docs/star.md, docs/sftp.md, docs/formats.md, docs/as4.md.
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

    /// Where to look after a demo at different doors.
    ///
    /// @param kept whether its folder is still there
    static String atDoors(Path folder, boolean kept) {
        if (!kept) {
            return AT_DOORS + "To look around in what the demo did: ./aiguillage demo --doors --folder FOLDER\n";
        }
        return """

                A claim as it was sent flat, and one that went by AS4; what the centre had, and the archive:
                  cat %1$s/dealer-9/dms/opel/done/warranty-claim/W-51207-OPEL-000001.flat
                  cat %1$s/dealer-10/dms/opel/done/warranty-claim/W-06137-OPEL-000001.xml
                  ls %1$s/warranty-centre/dms/opel/taken/warranty-claim %1$s/archive/dms/opel/in/warranty-claim
                What said so to the hub, and by what it reads flat files:
                  cat %1$s/flows.yaml
                  ls %1$s/formats/claim-lines
                """.formatted(folder) + AT_DOORS;
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
                  ./aiguillage dataset versions opel/parts-prices --config %1$s/hub.yaml
                  ./aiguillage dataset lookup opel/parts-prices 93100042 --config %1$s/dealer-7/gateway.yaml
                  ./aiguillage dataset history opel/parts-prices 93100762 --config %1$s/dealer-7/gateway.yaml
                  ./aiguillage dataset trace opel/parts-prices --of 3 %1$s/leaked.csv --config %1$s/hub.yaml
                  ./aiguillage receipt verify \\
                      %1$s/dealer-7/dms/opel/done/warranty-claim/W-04821-OPEL-000001.xml.receipt.json \\
                      --key %1$s/data/ledger.vkey
                """.formatted(folder);
    }
}
