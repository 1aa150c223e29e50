package aiguillage.console.web;

import aiguillage.hub.operators.Rank;
import java.util.List;

/// The rooms that the menu leads to, in its order.
public final class Menu {

    /// @param name its words are `<name>.menu`
    public record Item(String name, String path, Rank rank) {}

    public static final List<Item> ITEMS = List.of(
            new Item("overview", "/", Rank.SEE),
            new Item("tail", "/tail", Rank.SEE),
            new Item("document", "/documents", Rank.SEE),
            new Item("trouble", "/quarantine", Rank.SEE),
            new Item("flows", "/flows", Rank.SEE),
            new Item("parties", "/parties", Rank.SEE),
            new Item("prices", "/prices", Rank.SEE),
            new Item("ledger", "/ledger", Rank.SEE),
            new Item("alerts", "/alerts", Rank.SEE),
            new Item("people", "/keys", Rank.SEE));

    private Menu() {}
}
