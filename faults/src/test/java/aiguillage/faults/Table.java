package aiguillage.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// The campaign's one table, for people and for programs.
final class Table {

    private static final String NUMBERS = "%-14s %8s %8s %8s %9s %8s %5s %5s  %s%n";

    private Table() {}

    static String text(List<Row> rows) {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                NUMBERS,
                "FAULT",
                "SENT",
                "RECEIPTS",
                "STORED",
                "DELIVERED",
                "WAITING",
                "LOST",
                "TWICE",
                "RECOVERY"));
        for (Row row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    NUMBERS,
                    row.fault,
                    row.sent,
                    row.receipts,
                    row.stored,
                    row.delivered,
                    row.waiting,
                    row.lost,
                    row.duplicated,
                    row.recovery));
            line(text, "injected", row.injected);
            line(text, "promised", row.promised);
            line(text, "seen", row.seen);
            line(text, "BROKEN", row.failure);
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String what, String said) {
        if (!said.isEmpty()) {
            text.append("    ").append(what).append(": ").append(said).append('\n');
        }
    }

    static void write(List<Row> rows, Path file) throws IOException {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        for (Row row : rows) {
            array.addObject()
                    .put("fault", row.fault)
                    .put("promised", row.promised)
                    .put("injected", row.injected)
                    .put("sent", row.sent)
                    .put("receipts", row.receipts)
                    .put("stored", row.stored)
                    .put("delivered", row.delivered)
                    .put("waiting", row.waiting)
                    .put("lost", row.lost)
                    .put("duplicated", row.duplicated)
                    .put("recovery", row.recovery)
                    .put("seen", row.seen)
                    .put("failure", row.failure)
                    .put("met", row.isMet());
        }
        Files.writeString(
                file,
                JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(array));
    }
}
