package aiguillage.format.drafting;

import aiguillage.config.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Drafts the description of a sample.
public final class Drafter {

    /// Bytes of a sample that are looked at.
    public static final int BYTES_MAX = 1024 * 1024;

    private static final int LINES_MAX = 5_000;
    private static final int COLUMNS_MAX = 1_000;
    private static final double ALMOST_ALL = 0.9;
    private static final List<Character> SEPARATORS = List.of(';', '\t', '|', ',');

    private final String name;
    private final String fileName;
    private final Encoding encoding;
    private final String text;
    private final String newLine;
    private final List<String> seen = new ArrayList<>();

    /// What UNH says of a message: its kind, D, its directory.
    private static final Pattern MESSAGE = Pattern.compile("UNH\\+[^+]*\\+([A-Z]{6}):([A-Z0-9]{1,3}):([A-Z0-9]{1,3})");

    private Drafter(String name, String fileName, byte[] sample) {
        this.name = name;
        this.fileName = fileName;
        this.encoding = Encoding.of(sample);
        this.text = encoding.text(sample);
        this.newLine = text.contains("\r\n") ? "%CR;%LF;" : "%LF;";
        seen.add("Encoding: " + encoding.name() + (encoding.hasMark() ? ", with byte order mark" : "") + ".");
        seen.add("Lines end with " + (text.contains("\r\n") ? "CR LF" : "LF") + ".");
    }

    /// Drafts.
    ///
    /// @param name of the format
    /// @param fileName of the sample
    /// @param sample its first [#BYTES_MAX] bytes
    /// @throws NotSeen when it is neither of columns between separators nor of one length
    public static Draft draft(String name, String fileName, byte[] sample) throws NotSeen {
        return new Drafter(name, fileName, sample).draft();
    }

    private Draft draft() throws NotSeen {
        if (text.startsWith("UNA") || text.startsWith("UNB")) {
            throw new NotSeen(edifact());
        }
        for (char separator : SEPARATORS) {
            List<List<String>> rows = Rows.split(text, separator, LINES_MAX);
            int columns = columns(rows);
            if (columns > 1 && columns <= COLUMNS_MAX) {
                return delimited(separator, rows, columns);
            }
        }
        List<String> lines =
                text.lines().filter(line -> !line.isBlank()).limit(LINES_MAX).toList();
        if (lines.isEmpty() || text.indexOf('\n') < 0) {
            throw new NotSeen("The sample has no lines. Records of one length without line ends are described with"
                    + " `records: fixed` by hand: their length cannot be seen.");
        }
        return fixed(lines);
    }

    private String edifact() {
        Matcher message = MESSAGE.matcher(text);
        String what = message.find() ? message.group(1) + " " + message.group(2) + "." + message.group(3) : "";
        return switch (what) {
            case "ORDERS D.96A", "PRICAT D.96A" ->
                "This is EDIFACT, " + what + ": nothing is to be drafted. Copy the format "
                        + what.toLowerCase(Locale.ROOT).replace(' ', '-').replace(".", "")
                        + " that comes along into your folder of formats; it reads this message.";
            default ->
                "This is EDIFACT" + (what.isEmpty() ? "" : ", " + what)
                        + ", whose messages are described in directories, not in samples: nobody sees in one file which"
                        + " segments may come. Copy the format orders-d96a that comes along, and change root, groups and"
                        + " segments to those that the message's directory page names; `aiguillage format test` shows what"
                        + " is still missing.";
        };
    }

    /// The columns that almost all rows have; 0 when they differ.
    private static int columns(List<List<String>> rows) {
        var counts = new LinkedHashMap<Integer, Integer>();
        rows.forEach(row -> counts.merge(row.size(), 1, Integer::sum));
        return counts.entrySet().stream()
                .filter(count -> count.getValue() >= ALMOST_ALL * rows.size())
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElse(0);
    }

    private Draft delimited(char separator, List<List<String>> all, int columns) {
        List<List<String>> rows =
                all.stream().filter(row -> row.size() == columns).toList();
        boolean isQuoted =
                text.indexOf('"') >= 0 && rows.stream().flatMap(List::stream).anyMatch(Rows::isQuoted);
        boolean hasHead = hasHead(rows);
        seen.add("Fields are separated by " + (separator == '\t' ? "tabs" : "'" + separator + "'") + "; " + columns
                + " of them.");
        seen.add(isQuoted ? "Texts are between quotes where needed." : "No quotes.");
        seen.add(hasHead ? "The first line names the columns." : "No line with the names of the columns.");
        List<String> names = names(hasHead ? rows.getFirst() : List.of(), columns);
        List<List<String>> values = hasHead ? rows.subList(1, rows.size()) : rows;
        boolean isAlways = isQuoted
                && values.stream()
                        .flatMap(List::stream)
                        .filter(v -> !v.isEmpty())
                        .allMatch(Rows::isQuoted);
        var schema = new SchemaText(
                "Drafted from " + fileName, newLine, false, isQuoted ? isAlways ? "always" : "whenNeeded" : "");
        var fields = new ArrayList<String>();
        for (int i = 0; i < columns; i++) {
            int at = i;
            List<String> column = values.stream().map(row -> row.get(at)).toList();
            boolean hasQuotes = column.stream().anyMatch(Rows::isQuoted);
            Column kind = hasQuotes ? Column.text() : Column.of(column);
            seen.add("Column " + (i + 1) + ", " + names.get(i) + ": " + kind.words()
                    + (kind.isNillable() ? ", some are empty" : "") + ".");
            boolean mayBeQuoted = isQuoted && kind.type().equals("string");
            fields.add("<xs:element name=\"" + names.get(i) + "\" type=\"xs:" + kind.type() + "\""
                    + (kind.isNillable() ? " nillable=\"true\"" : "") + kind.properties()
                    + (mayBeQuoted ? " dfdl:escapeSchemeRef=\"quotes\"" : "") + "/>");
        }
        schema.group("file", List.of("record\" maxOccurs=\"unbounded\""));
        schema.record("record", "", "%NL;", separator == '\t' ? "%HT;" : String.valueOf(separator), fields);
        String firstLine = hasHead ? text.lines().findFirst().orElse("") : "";
        String head = "records: " + (isQuoted ? "quoted-lines" : "lines") + "\n"
                + (hasHead ? "first-line: " + yaml(firstLine) + "\n" : "") + "bad-records: leave-out\n";
        return done(schema, "record", head);
    }

    private static boolean hasHead(List<List<String>> rows) {
        List<String> first = rows.getFirst();
        boolean isWords =
                first.stream().allMatch(cell -> !cell.isBlank() && cell.chars().noneMatch(Character::isDigit));
        boolean isUnique = Set.copyOf(first).size() == first.size();
        boolean othersDiffer = rows.size() > 1
                && rows.subList(1, rows.size()).stream()
                        .anyMatch(row ->
                                row.stream().anyMatch(cell -> cell.chars().anyMatch(Character::isDigit)));
        return isWords && isUnique && othersDiffer;
    }

    private static List<String> names(List<String> heads, int columns) {
        var names = new LinkedHashSet<String>();
        for (int i = 0; i < columns; i++) {
            String plain = i < heads.size() ? plain(Rows.bare(heads.get(i))) : "";
            String wanted = plain.isEmpty() ? "column-" + (i + 1) : plain;
            String free = wanted;
            for (int again = 2; !names.add(free); again++) {
                free = wanted + "-" + again;
            }
        }
        return List.copyOf(names);
    }

    private static String plain(String text) {
        String bare = java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .replace("%", " percent ")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^[-0-9]+|-+$", "");
        return bare.length() > 60 ? bare.substring(0, 60) : bare;
    }

    private Draft fixed(List<String> lines) throws NotSeen {
        int length = lines.stream().mapToInt(String::length).max().orElse(0);
        long same = lines.stream().filter(line -> line.length() == length).count();
        if (same < ALMOST_ALL * lines.size()) {
            throw new NotSeen(
                    "The lines have neither as many fields between ';', tab, '|' or ',' nor one length. Take a"
                            + " sample without the lines that differ, or write the description by hand.");
        }
        List<String> good =
                lines.stream().filter(line -> line.length() == length).toList();
        FixedLines kinds = FixedLines.of(good);
        seen.add("Lines have one length: " + length + " characters.");
        seen.add(
                kinds.byCode().size() > 1
                        ? "Kinds of record, by their first two characters: "
                                + String.join(", ", kinds.byCode().keySet()) + "."
                        : "One kind of record.");
        var schema = new SchemaText("Drafted from " + fileName, newLine, true, "");
        schema.group("file", kinds.parts());
        kinds.groups().forEach(schema::group);
        kinds.byCode().forEach((code, records) -> {
            var fields = new ArrayList<String>();
            for (FixedLines.Field field : FixedLines.fields(records, code.length())) {
                seen.add("Record " + (code.isEmpty() ? "" : code + ", ") + "characters " + (field.from() + 1) + " to "
                        + field.to() + ": " + field.words() + ".");
                fields.add(field.element());
            }
            schema.record(FixedLines.name(code), code, "%NL;", "", fields);
        });
        String document = kinds.byCode().size() == 1
                ? FixedLines.name(kinds.byCode().keySet().iterator().next())
                : "file";
        return done(schema, document, "records: lines\n");
    }

    private Draft done(SchemaText schema, String document, String rest) {
        String extension = fileName.contains(".") ? fileName.substring(fileName.lastIndexOf('.')) : "";
        String head = "text: " + yaml("Drafted from " + fileName) + "\n"
                + "files: " + yaml(extension.isEmpty() ? fileName : "*" + extension) + "\n"
                + "root: file\n"
                + "document: " + document + "\n"
                + "encoding: " + encoding.name() + "\n"
                + (encoding.hasMark() ? "byte-order-mark: true\n" : "")
                + rest;
        seen.add("The format is called " + Quoted.of(name) + "; each " + document + " is a document.");
        return new Draft(Map.of("format.yaml", head, "format.dfdl.xsd", schema.end()), seen);
    }

    private static String yaml(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t") + "\"";
    }
}
