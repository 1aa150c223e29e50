package aiguillage.app.demo;

import aiguillage.app.terminal.TextTable;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What was counted of the prices, all of it at the dealers' local doors but the trace.
///
/// @param dealers how many have the list
public record PriceFigures(int dealers, Published published, Changed changed, Embargo embargo, Leak leak) {

    /// The first version.
    ///
    /// @param rows in the file
    /// @param exact dealers whose rows are those of the file, and those the hub signed for them
    /// @param millis from the instant at which the hub published it until the last gateway said that it is exact
    public record Published(int rows, int exact, long millis) {}

    /// A version that changes some prices at once.
    ///
    /// @param rows whose price is another
    /// @param answered dealers whose door answered a new price
    /// @param exact dealers whose door names exactly those rows as changed, and has all prices
    /// @param millis until the last of them answered the new price
    public record Changed(int rows, int answered, int exact, long millis) {}

    /// A version that was sealed until its instant.
    ///
    /// @param here dealers who had it before, sealed
    /// @param asked answers at the doors before its instant
    /// @param lastAskedMillis how long before it every dealer had been asked
    /// @param early answers with a new price before it
    /// @param answered dealers whose door answered a new price
    /// @param untold questions after its instant that a gateway could not answer yet, as its key had not come
    /// @param exact dealers who then had all prices
    /// @param millis from the instant until the last of them did
    public record Embargo(
            int here, int asked, long lastAskedMillis, int early, int answered, int untold, int exact, long millis) {}

    /// Rows of one dealer's copy, sorted anew and without a header, and what the operator's trace said.
    ///
    /// @param marks that were read in them
    /// @param accused whom the trace names
    /// @param chanceMax the probability, at most, that an innocent reader looks like the accused
    /// @param ofPublished whom it names in as many rows of the manufacturer's own file
    public record Leak(
            String leaker, int rows, long marks, List<String> accused, double chanceMax, List<String> ofPublished) {
        public Leak {
            accused = List.copyOf(accused);
            ofPublished = List.copyOf(ofPublished);
        }

        boolean isTraced() {
            return accused.equals(List.of(leaker)) && ofPublished.isEmpty();
        }
    }

    /// Whether every dealer had every version exactly, nobody an embargoed price too early, and the leak was traced
    /// to its source alone.
    public boolean isGood() {
        return published.exact == dealers
                && changed.answered == dealers
                && changed.exact == dealers
                && embargo.here == dealers
                && embargo.asked > 0
                && embargo.early == 0
                && embargo.answered == dealers
                && embargo.exact == dealers
                && leak.isTraced();
    }

    ObjectNode json() {
        ObjectNode json = JsonMapper.shared()
                .createObjectNode()
                .put("rows", published.rows)
                .put("dealers", dealers)
                .put("exact", published.exact)
                .put("exact_ms", published.millis)
                .put("changed", changed.rows)
                .put("changed_answered", changed.answered)
                .put("changed_exact", changed.exact)
                .put("changed_ms", changed.millis)
                .put("sealed_here", embargo.here)
                .put("sealed_asked_before", embargo.asked)
                .put("sealed_last_asked_ms", embargo.lastAskedMillis)
                .put("sealed_early", embargo.early)
                .put("sealed_answered", embargo.answered)
                .put("sealed_untold", embargo.untold)
                .put("sealed_exact", embargo.exact)
                .put("sealed_ms", embargo.millis)
                .put("leaked_rows", leak.rows)
                .put("leaked_marks", leak.marks)
                .put("leaker", leak.leaker)
                .put("chance_max", leak.chanceMax);
        leak.accused.forEach(json.putArray("accused")::add);
        leak.ofPublished.forEach(json.putArray("accused_by_published_file")::add);
        return json;
    }

    void rows(TextTable table) {
        table.row("prices", published.rows, "rows published, marked for each dealer")
                .row("exact", published.exact, of() + published.millis + " ms after")
                .row("changed", changed.rows, "prices, at once")
                .row("answered", changed.answered, of() + changed.millis + " ms after")
                .row("exact", changed.exact, "tell that exactly these changed")
                .row("sealed", embargo.here, "dealers have the next list before its hour")
                .row(
                        "early",
                        embargo.early,
                        "of " + embargo.asked + " answers before it, the last " + embargo.lastAskedMillis
                                + " ms before")
                .row("opened", embargo.answered, of() + embargo.millis + " ms after its hour")
                .row("", embargo.untold, "questions meanwhile were told to wait for its key")
                .row("exact", embargo.exact, "then have all its prices")
                .row("leaked", leak.rows, "rows of " + leak.leaker + ", sorted anew, " + leak.marks + " marks")
                .row("accused", leak.accused.size(), accused())
                .row("", leak.ofPublished.size(), "by rows of the manufacturer's own file");
    }

    private String of() {
        return "of " + dealers + " dealers' doors, the last ";
    }

    private String accused() {
        return leak.accused.isEmpty()
                ? "nobody"
                : String.join(", ", leak.accused) + String.format(Locale.ROOT, "; by chance %.0e", leak.chanceMax);
    }
}
