package aiguillage.app.demo;

import aiguillage.app.terminal.TextTable;
import tools.jackson.databind.node.ObjectNode;

/// What was counted in both acts.
public record Figures(ClaimFigures claims, PriceFigures prices) {

    /// Whether everything is as it was promised.
    public boolean isGood() {
        return claims.isGood() && prices.isGood();
    }

    public ObjectNode json() {
        ObjectNode json = claims.json();
        json.set("prices", prices.json());
        return json;
    }

    public String table() {
        var table = new TextTable("COUNTED", "", "WHERE");
        claims.rows(table);
        prices.rows(table);
        return table.text();
    }
}
