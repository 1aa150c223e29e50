package aiguillage.app.demo;

import aiguillage.app.terminal.TextTable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What was counted in both acts.
///
/// @param prices null: there was no second act
/// @param doors null: all dealers came by gateways
public record Figures(
        ClaimFigures claims,
        @Nullable PriceFigures prices,
        @Nullable DoorFigures doors) {

    /// Whether everything is as it was promised.
    public boolean isGood() {
        return claims.isGood() && (prices == null || prices.isGood()) && (doors == null || doors.isGood());
    }

    public ObjectNode json() {
        ObjectNode json = claims.json();
        if (prices != null) {
            json.set("prices", prices.json());
        }
        if (doors != null) {
            doors.json(json);
        }
        return json;
    }

    public String table() {
        var table = new TextTable("COUNTED", "", "WHERE");
        claims.rows(table);
        if (prices != null) {
            prices.rows(table);
        }
        if (doors != null) {
            doors.rows(table);
        }
        return table.text();
    }
}
