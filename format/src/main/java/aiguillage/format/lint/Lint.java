package aiguillage.format.lint;

import aiguillage.format.Format;
import aiguillage.format.description.FormatFile;
import aiguillage.format.description.FormatRefused;
import aiguillage.format.description.Shape.Entry;
import aiguillage.format.description.Shape.Field;
import aiguillage.format.description.Shape.Layout;
import aiguillage.format.reading.FlatReader;
import aiguillage.format.reading.FlatReader.Seen;
import aiguillage.format.record.DaffodilCodec;
import aiguillage.format.record.FlatNode;
import aiguillage.format.record.Unreadable;
import aiguillage.format.record.Unwritable;
import aiguillage.format.report.Fault;
import aiguillage.format.translation.Untranslatable;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Looks for what a description does not cover: fields nobody reads, values and records that never come,
/// records it cannot read, documents that do not become the same file again. One thread.
public final class Lint {

    private static final int SHOWN_MAX = 20;

    /// Records that Daffodil reads, too; it takes some 30 µs for each.
    private static final int COMPARED_MAX = 1_000;

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,40}(?:\\.[0-9]{1,40})?");

    private final Format format;
    private final List<Finding> findings = new ArrayList<>();

    private Lint(Format format) {
        this.format = format;
    }

    /// Looks at a format, and at files in it.
    public static List<Finding> of(Format format, List<Path> files) throws IOException {
        var lint = new Lint(format);
        DaffodilCodec daffodil = lint.description();
        var occurrences = new Occurrences(format.description());
        for (Path file : files) {
            lint.file(file, occurrences, daffodil);
        }
        if (!files.isEmpty()) {
            lint.unused(occurrences);
        }
        return List.copyOf(lint.findings);
    }

    private void add(String code, String where, String sentence) {
        findings.add(new Finding(code, where, sentence));
    }

    private @Nullable DaffodilCodec description() {
        FormatFile head = format.head();
        if (!format.translation().hasWayBack()) {
            add(
                    "no-way-back",
                    String.valueOf(head.to()),
                    "Documents cannot be made files again. Write a stylesheet `from`.");
        }
        format.description()
                .others()
                .ifPresent(why -> add(
                        "not-plain",
                        head.schema(),
                        "Apache Daffodil is needed for " + why
                                + ", and reads some 30 times slower than what is plain."));
        if (head.to() != null) {
            neverRead();
        }
        try {
            return Format.daffodil(format.description(), format.description().entries());
        } catch (FormatRefused e) {
            add("not-dfdl", head.schema(), String.valueOf(e.getMessage()));
            return null;
        }
    }

    /// A stylesheet reads a field when it says its name, or takes everything.
    private void neverRead() {
        String sheets = format.description().files().contents().entrySet().stream()
                .filter(file -> file.getKey().endsWith(".xsl") || file.getKey().endsWith(".xslt"))
                .filter(file -> !file.getKey().equals(format.head().from()))
                .map(file -> new String(file.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("\n"));
        for (Entry entry : format.description().entries()) {
            Occurrences.each(entry, (path, field) -> {
                boolean isNamed = Pattern.compile("(?<![\\w.-])" + Pattern.quote(field.name()) + "(?![\\w-])")
                        .matcher(sheets)
                        .find();
                if (!isNamed && !field.name().startsWith("filler")) {
                    add(
                            "never-read",
                            path,
                            "The stylesheet " + format.head().to()
                                    + " does not name this field. Use it, or call it filler.");
                }
            });
        }
    }

    private void file(Path file, Occurrences occurrences, @Nullable DaffodilCodec daffodil) throws IOException {
        var faults = new ArrayList<Fault>();
        var compared = new int[1];
        var same = new SameBytes(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            FlatReader reader = format.reader(in, seen -> {
                switch (seen) {
                    case Seen.Good(var record) -> {
                        occurrences.record(record);
                        if (daffodil != null && compared[0]++ < COMPARED_MAX) {
                            compare(file, record, daffodil);
                        }
                    }
                    case Seen.Bad(var fault) -> {
                        if (faults.size() < SHOWN_MAX) {
                            faults.add(fault);
                        }
                    }
                }
            });
            back(reader, same);
            faults.forEach(
                    fault -> add("not-read", file + ":" + fault.line(), fault.where() + ": " + fault.sentence()));
            if (reader.faults().count() > faults.size()) {
                add("not-read", file.toString(), reader.faults().count() + " faults in all.");
            }
            if (reader.faults().count() == 0 && format.translation().hasWayBack()) {
                same.difference()
                        .ifPresent(where -> add(
                                "not-the-same",
                                file + ":" + where,
                                "The documents of this file, made a file again, differ from it here."));
            }
        }
    }

    private void back(FlatReader reader, SameBytes same) throws IOException {
        var writer = format.writer(same);
        boolean isWritten = format.translation().hasWayBack();
        for (var next = reader.next(); next != null; next = reader.next()) {
            try {
                byte[] document = format.translation().document(next.root());
                if (isWritten) {
                    writer.write(format.translation().fields(new ByteArrayInputStream(document)));
                }
            } catch (Untranslatable | Unwritable e) {
                add("not-translated", "line " + next.first(), String.valueOf(e.getMessage()));
                isWritten = false;
            }
        }
        try {
            if (isWritten) {
                writer.end();
            }
        } catch (Unwritable e) {
            add("not-translated", "end of the file", String.valueOf(e.getMessage()));
        }
    }

    /// What is read plainly must be what Daffodil reads.
    private void compare(Path file, FlatNode record, DaffodilCodec daffodil) {
        for (Entry entry : format.description().entries()) {
            if (!entry.name().equals(record.name()) || entry.layout() instanceof Layout.Other) {
                continue;
            }
            var text = new StringBuilder();
            try {
                format.codec().write(entry, record, text);
                String bare =
                        text.substring(0, text.length() - entry.terminator().length());
                if (!isSame(daffodil.read(entry, bare, record.line()), record)) {
                    add("daffodil-differs", file + ":" + record.line(), "Apache Daffodil reads other values here.");
                }
            } catch (Unwritable | Unreadable e) {
                add("daffodil-differs", file + ":" + record.line(), String.valueOf(e.getMessage()));
            }
        }
    }

    /// Numbers are the same whatever zeros stand at their end.
    private static boolean isSame(FlatNode one, FlatNode other) {
        if (!one.name().equals(other.name())
                || one.isNil() != other.isNil()
                || one.children().size() != other.children().size()) {
            return false;
        }
        for (int i = 0; i < one.children().size(); i++) {
            if (!isSame(one.children().get(i), other.children().get(i))) {
                return false;
            }
        }
        return one.text().equals(other.text())
                || (NUMBER.matcher(one.text()).matches()
                        && NUMBER.matcher(other.text()).matches()
                        && new BigDecimal(one.text()).compareTo(new BigDecimal(other.text())) == 0);
    }

    private void unused(Occurrences occurrences) {
        String unseen = format.description().entries().stream()
                .map(Entry::name)
                .filter(name -> !occurrences.hasRecord(name))
                .collect(Collectors.joining(", "));
        if (!unseen.isEmpty()) {
            add("never-seen", format.head().schema(), "No file has a record " + unseen + ".");
        }
        Map<String, List<String>> empty = new TreeMap<>();
        for (Map.Entry<String, Field> one : occurrences.fields().entrySet()) {
            String path = one.getKey();
            boolean isRecordSeen = occurrences.hasRecord(path.substring(0, path.indexOf('/')));
            if (!isRecordSeen || one.getValue().name().startsWith("filler")) {
                continue;
            }
            if (!occurrences.isFilled(path) && !one.getValue().isOptional()) {
                empty.computeIfAbsent(path.substring(0, path.indexOf('/')), _ -> new ArrayList<>())
                        .add(path.substring(path.indexOf('/') + 1));
            }
            List<String> never = one.getValue().facets().values().stream()
                    .filter(value -> !occurrences.values(path).contains(value))
                    .toList();
            if (!never.isEmpty()) {
                add("value-never-seen", path, "No file has the value " + String.join(", ", never) + ".");
            }
        }
        empty.forEach((record, fields) ->
                add("never-filled", record, "Empty in all files: " + String.join(", ", fields) + "."));
    }
}
