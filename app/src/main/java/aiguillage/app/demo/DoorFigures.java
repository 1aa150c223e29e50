package aiguillage.app.demo;

import aiguillage.app.terminal.TextTable;
import java.util.SortedMap;
import tools.jackson.databind.node.ObjectNode;

/// What was counted of the doors, where each dealer comes by another.
///
/// @param sent claims with a receipt, by the door they came by
/// @param same claims that the centre has as the dealer wrote them, byte for byte; of flat files, as their XML
/// @param archived flat files that the archive has, of claims by whatever door
/// @param flatAgain those of them that are byte for byte the flat file that a dealer sent
public record DoorFigures(SortedMap<String, Integer> sent, int same, int archived, int flatAgain) {

    static final String FLAT = "SFTP, flat";

    boolean isGood() {
        int all = sent.values().stream().mapToInt(Integer::intValue).sum();
        return same == all && archived == all && flatAgain == sent.getOrDefault(FLAT, 0);
    }

    ObjectNode json(ObjectNode json) {
        ObjectNode doors = json.putObject("doors");
        sent.forEach(doors::put);
        return json.put("same_bytes", same).put("archived", archived).put("flat_again", flatAgain);
    }

    void rows(TextTable table) {
        sent.forEach((door, count) -> table.row("by " + door, count, "claims with a receipt"));
        table.row("the same", same, "at the centre byte for byte; flat files as their XML")
                .row("archived", archived, "copies, each a flat file, by whatever door it came")
                .row("flat again", flatAgain, "of those that came flat, byte for byte as sent");
    }
}
