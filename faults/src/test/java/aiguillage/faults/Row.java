package aiguillage.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One fault's line in the table. Filled while the fault runs and when all is counted. Not for several threads.
final class Row {

    final String fault;
    final String promised;
    String injected = "";
    long sent;
    long receipts;
    long stored;
    long delivered;
    long waiting;
    long lost;
    long duplicated;
    String recovery = "";
    String seen = "";
    String failure = "";

    /// Documents sent over HTTP besides the site's own, for which there is a receipt.
    final List<String> probed = new ArrayList<>();

    Row(String fault, String promised) {
        this.fault = fault;
        this.promised = promised;
    }

    void recovered(Duration took) {
        recovery = took.toMillis() + " ms";
    }

    boolean isMet() {
        return failure.isEmpty() && lost == 0 && duplicated == 0;
    }
}
