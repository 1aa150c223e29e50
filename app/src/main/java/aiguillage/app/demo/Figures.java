package aiguillage.app.demo;

import aiguillage.app.terminal.TextTable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What was counted in both acts.
///
/// @param prices null: there was no second act
public record Figures(ClaimFigures claims, @Nullable PriceFigures prices) {

    /// Whether everything is as it was promised.
    public boolean isGood() {
        return claims.isGood() && (prices == null || prices.isGood());
    }

    public ObjectNode json() {
        ObjectNode json = claims.json();
        if (prices != null) {
            json.set("prices", prices.json());
        }
        return json;
    }

    public String table() {
        var table = new TextTable("COUNTED", "", "WHERE");
        claims.rows(table);
        if (prices != null) {
            prices.rows(table);
        }
        return table.text();
    }
}
