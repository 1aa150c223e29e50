package aiguillage.console.parties;

import aiguillage.console.web.Words;
import java.util.List;
import java.util.stream.Collectors;

/// The page of all parties.
///
/// @param all how many a filter takes but for its state
/// @param taken how many it takes
/// @param counts of each state that some party is in, the worst first
/// @param cells one for each party that is taken, as far as there is room
/// @param left how many have no cell
/// @param rows the first of them behind a name
/// @param next the address of those behind them; empty: there are none
/// @param brands to choose from, as roles and countries
public record FleetView(
        Filter filter,
        int all,
        int taken,
        List<Count> counts,
        List<Cell> cells,
        int left,
        List<Row> rows,
        String next,
        List<String> brands,
        List<String> roles,
        List<String> countries) {

    /// How many parties are in a state.
    ///
    /// @param address of the page with them alone
    public record Count(State state, int parties, String address) {}

    /// One party in the grid.
    public record Cell(String party, State state) {}

    /// One party in the list.
    public record Row(String party, State state, String roles, String brands, String country, String region) {}

    /// What the grid says to who does not see it.
    public String inWords(Words words) {
        return counts.stream()
                .map(count -> words.of(
                        "parties.fleet.count",
                        words.of("parties.state." + count.state.code()),
                        words.number(count.parties)))
                .collect(Collectors.joining(", "));
    }
}
