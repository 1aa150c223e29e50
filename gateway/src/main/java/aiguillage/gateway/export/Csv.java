package aiguillage.gateway.export;

import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How rows become lines (RFC 4180): lines end with CR LF; a cell with a separator, a quotation mark or the end of a
/// line is quoted.
///
/// @param decimalComma whether decimals are written as 12,50
public record Csv(char separator, boolean decimalComma, Charset charset) implements Form {

    static final String END = "\r\n";

    @Override
    public String ending() {
        return ".csv";
    }

    @Override
    public Rows begin(OutputStream out, Schema schema, Title title) throws IOException {
        // what the charset does not have becomes a question mark
        var lines = new BufferedWriter(new OutputStreamWriter(out, charset));
        lines.write(header(schema.columns(), title.withAction()));
        return new Rows() {
            @Override
            public void write(List<@Nullable String> cells, @Nullable String action) throws IOException {
                lines.write(line(schema.columns(), cells, action));
            }

            @Override
            public void end() throws IOException {
                lines.flush();
            }

            @Override
            public void close() throws IOException {
                lines.close();
            }
        };
    }

    /// The line with the columns' names.
    String header(List<Column> columns, boolean withAction) {
        var line = new StringBuilder(withAction ? "action" : "");
        for (int i = 0; i < columns.size(); i++) {
            between(line, i > 0 || withAction);
            cell(line, columns.get(i).name());
        }
        return line.append(END).toString();
    }

    /// One row.
    ///
    /// @param action what happened to it, or null in a whole list
    String line(List<Column> columns, List<@Nullable String> cells, @Nullable String action) {
        var line = new StringBuilder(action == null ? "" : action);
        for (int i = 0; i < cells.size(); i++) {
            between(line, i > 0 || action != null);
            String cell = cells.get(i);
            if (cell != null) {
                boolean isDecimal = columns.get(i).type() instanceof Type.Decimal;
                cell(line, isDecimal && decimalComma ? cell.replace('.', ',') : cell);
            }
        }
        return line.append(END).toString();
    }

    private void between(StringBuilder line, boolean isNext) {
        if (isNext) {
            line.append(separator);
        }
    }

    private void cell(StringBuilder line, String text) {
        boolean isQuoted = text.indexOf(separator) >= 0
                || text.indexOf('"') >= 0
                || text.indexOf('\n') >= 0
                || text.indexOf('\r') >= 0;
        line.append(isQuoted ? '"' + text.replace("\"", "\"\"") + '"' : text);
    }
}
