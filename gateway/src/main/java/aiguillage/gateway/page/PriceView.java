package aiguillage.gateway.page;

import java.util.List;

/// What holds for a key, or for keys that begin so.
///
/// @param lists the names of the lists that are here
/// @param list the one that is asked; empty while none is chosen
/// @param keys the columns of its key, with what was asked for
/// @param at the instant asked for, as the form takes it; empty: now
/// @param columns of the answer
/// @param rows of the answer; each has a cell for each column
/// @param isAnswered whether something was asked
/// @param isMore whether there are more than are shown
/// @param isHidden whether cells are kept from who has no session
public record PriceView(
        List<String> lists,
        String list,
        List<Key> keys,
        String at,
        String problem,
        String stands,
        Level level,
        String reliance,
        List<Column> columns,
        List<List<String>> rows,
        boolean isAnswered,
        boolean isMore,
        boolean isHidden) {

    public PriceView {
        lists = List.copyOf(lists);
        keys = List.copyOf(keys);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /// A cell of the key.
    public record Key(String column, String value) {}

    /// @param unit of its amounts, or empty
    public record Column(String name, String unit) {}
}
