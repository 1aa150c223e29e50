package aiguillage.format.drafting;

import aiguillage.format.description.Calendar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Lines of one length: which kinds of record there are, in which order, and where their fields may begin.
///
/// @param byCode the lines of each kind by the code with which they begin; one empty code: a single kind
/// @param parts of the file, as references with occurrences
/// @param groups by name, with their parts
record FixedLines(Map<String, List<String>> byCode, List<String> parts, Map<String, List<String>> groups) {

    private static final int CODE_CHARS = 2;
    private static final int CODES_MAX = 12;
    private static final int ENOUGH = 3;
    private static final String MANY = "\" maxOccurs=\"unbounded\"";
    private static final String ANY = "\" minOccurs=\"0\" maxOccurs=\"unbounded\"";

    static FixedLines of(List<String> lines) {
        Map<String, List<String>> byCode = new LinkedHashMap<>();
        lines.forEach(line -> byCode.computeIfAbsent(
                        line.substring(0, Math.min(CODE_CHARS, line.length())), _ -> new ArrayList<>())
                .add(line));
        boolean hasCodes = byCode.size() > 1
                && byCode.size() <= CODES_MAX
                && byCode.size() < lines.size()
                && byCode.keySet().stream().allMatch(code -> code.matches("[A-Z0-9]{2}"));
        if (!hasCodes) {
            return new FixedLines(Map.of("", lines), List.of("record" + MANY), Map.of());
        }
        List<String> runs = new ArrayList<>();
        Set<String> often = new LinkedHashSet<>();
        lines.forEach(line -> {
            String code = line.substring(0, CODE_CHARS);
            if (!runs.isEmpty() && runs.getLast().equals(code)) {
                often.add(code);
            } else {
                runs.add(code);
            }
        });
        int begin = 0;
        while (begin < runs.size() && once(runs, begin)) {
            begin++;
        }
        int end = runs.size();
        while (end > begin && once(runs, end - 1)) {
            end--;
        }
        List<String> parts = new ArrayList<>();
        runs.subList(0, begin).forEach(code -> parts.add(name(code) + (often.contains(code) ? MANY : "\"")));
        Map<String, List<String>> groups = new LinkedHashMap<>();
        if (begin < end) {
            List<String> inner = new ArrayList<>();
            for (String code : new LinkedHashSet<>(runs.subList(begin, end))) {
                inner.add(name(code) + (inner.isEmpty() ? often.contains(code) ? MANY : "\"" : ANY));
            }
            groups.put("block", inner);
            parts.add("block" + MANY);
        }
        runs.subList(end, runs.size()).forEach(code -> parts.add(name(code) + (often.contains(code) ? MANY : "\"")));
        return new FixedLines(byCode, parts, groups);
    }

    private static boolean once(List<String> runs, int at) {
        return runs.indexOf(runs.get(at)) == at && runs.lastIndexOf(runs.get(at)) == at;
    }

    static String name(String code) {
        return code.isEmpty() ? "record" : "record-" + code.toLowerCase(Locale.ROOT);
    }

    /// Where a field may be.
    ///
    /// @param from counted from 0
    /// @param to behind its last character
    record Field(int from, int to, String element, String words) {}

    /// Cuts where a blank in all lines is followed by something, and where digits in all lines begin or end.
    static List<Field> fields(List<String> lines, int from) {
        int length = lines.getFirst().length();
        var fields = new ArrayList<Field>();
        int begin = from;
        int blanks = lines.size() < ENOUGH ? 2 : 1; // within few texts blanks may stand at one place by chance
        for (int at = from + 1; at <= length; at++) {
            boolean isCut = at == length
                    || (isBlank(lines, at - blanks, at) && kind(lines, at) != Kind.BLANK)
                    || (kind(lines, at - 1) == Kind.DIGIT && kind(lines, at) == Kind.OTHER)
                    || (kind(lines, at - 1) == Kind.OTHER && kind(lines, at) == Kind.DIGIT && lines.size() > 1);
            if (isCut) {
                fields.add(field(lines, begin, at));
                begin = at;
            }
        }
        return fields;
    }

    private static boolean isBlank(List<String> lines, int from, int to) {
        for (int at = Math.max(from, 0); at < to; at++) {
            if (kind(lines, at) != Kind.BLANK) {
                return false;
            }
        }
        return true;
    }

    private enum Kind {
        BLANK,
        DIGIT,
        OTHER
    }

    private static Kind kind(List<String> lines, int at) {
        if (lines.stream().allMatch(line -> line.charAt(at) == ' ')) {
            return Kind.BLANK;
        }
        return lines.stream().allMatch(line -> Character.isDigit(line.charAt(at))) ? Kind.DIGIT : Kind.OTHER;
    }

    private static Field field(List<String> lines, int from, int to) {
        List<String> values =
                lines.stream().map(line -> line.substring(from, to)).toList();
        Calendar date = Calendar.ofDate("yyyyMMdd").orElseThrow();
        boolean isDate = to - from == 8
                && values.stream().allMatch(value -> {
                    String read = date.read(value);
                    return read != null && read.compareTo("1950") > 0 && read.compareTo("2150") < 0;
                });
        String place = "field-" + (from + 1);
        String length = " dfdl:lengthKind=\"explicit\" dfdl:length=\"" + (to - from) + "\"";
        if (isDate) {
            String element = "<xs:element name=\"" + place + "\" type=\"xs:date\"" + length
                    + " dfdl:calendarPattern=\"yyyyMMdd\"/>";
            return new Field(from, to, element, "dates as yyyyMMdd");
        }
        boolean isBlank = values.stream().allMatch(String::isBlank);
        String name = isBlank ? "filler-" + (from + 1) : place;
        String element = "<xs:element name=\"" + name + "\" type=\"xs:string\"" + length + "/>";
        return new Field(from, to, element, isBlank ? "nothing" : "texts");
    }
}
