package aiguillage.hub.ledger;

import aiguillage.protocol.Position;
import aiguillage.protocol.proof.Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/// Makes bundles of receipts for those who check them without the hub. Safe from any thread.
public final class Bundles {

    private static final String README = "bundle-readme.txt";

    private final Ledger ledger;
    private final String readme;

    public Bundles(Ledger ledger) {
        this.ledger = ledger;
        try (InputStream in = Bundles.class.getResourceAsStream(README)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + README + " on the class path");
            }
            readme = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes the receipts of these entries under the ledger's present head, one after the other.
    ///
    /// @param positions rising; behind the first [Bundle#RECEIPTS_MAX] none is asked for
    /// @param out not closed
    /// @throws IllegalArgumentException when the journal does not reach a position
    public void write(Iterator<Position> positions, OutputStream out) throws IOException {
        OneHead head = ledger.head();
        var bundle = new Bundle.Writer(out, readme, ledger.verifier(), head.checkpoint());
        for (int written = 0; written < Bundle.RECEIPTS_MAX && positions.hasNext(); written++) {
            bundle.add(head.receipt(positions.next()));
        }
        bundle.finish();
    }
}
