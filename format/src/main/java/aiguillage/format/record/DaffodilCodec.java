package aiguillage.format.record;

import aiguillage.format.description.FormatRefused;
import aiguillage.format.description.Shape.Entry;
import aiguillage.format.report.Fault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.daffodil.japi.Compiler;
import org.apache.daffodil.japi.Daffodil;
import org.apache.daffodil.japi.DataProcessor;
import org.apache.daffodil.japi.Diagnostic;
import org.apache.daffodil.japi.InvalidUsageException;
import org.apache.daffodil.japi.ParseResult;
import org.apache.daffodil.japi.ProcessorFactory;
import org.apache.daffodil.japi.ValidationMode;
import org.apache.daffodil.japi.infoset.XMLTextInfosetInputter;
import org.apache.daffodil.japi.io.InputSourceDataInputStream;
import org.jspecify.annotations.Nullable;

/// Reads and writes records by Apache Daffodil, each kind of record as a root of its own. Some 30 µs a record,
/// and some seconds for the schema.
public final class DaffodilCodec implements RecordCodec {

    private final Map<String, DataProcessor> processors;

    private DaffodilCodec(Map<String, DataProcessor> processors) {
        this.processors = processors;
    }

    /// Compiles the records of a schema.
    ///
    /// @param schema a file whose references have been looked at: Daffodil follows them
    /// @throws FormatRefused when it is not correct DFDL
    public static DaffodilCodec of(Path schema, Collection<Entry> entries) throws FormatRefused {
        Compiler compiler = Daffodil.compiler();
        var processors = new TreeMap<String, DataProcessor>();
        for (Entry entry : entries) {
            try {
                ProcessorFactory factory = compiler.compileFile(schema.toFile(), entry.name(), null);
                require(schema, entry, factory.isError(), factory.getDiagnostics());
                DataProcessor processor = factory.onPath("/");
                require(schema, entry, processor.isError(), processor.getDiagnostics());
                processors.put(entry.name(), processor.withValidationMode(ValidationMode.Limited));
            } catch (IOException e) {
                throw new FormatRefused(schema + " cannot be read (" + e + ").", e);
            } catch (InvalidUsageException e) {
                throw new AssertionError("Daffodil validates, or says so", e);
            }
        }
        return new DaffodilCodec(processors);
    }

    private static void require(Path schema, Entry entry, boolean isError, List<Diagnostic> said) throws FormatRefused {
        if (isError) {
            String why = said.stream()
                    .filter(Diagnostic::isError)
                    .map(Diagnostic::getMessage)
                    .findFirst()
                    .orElse("no reason was given");
            throw new FormatRefused(
                    "The record " + entry.name() + " in " + schema.getFileName() + " is not correct DFDL: " + why);
        }
    }

    private DataProcessor processor(Entry entry) {
        DataProcessor processor = processors.get(entry.name());
        if (processor == null) {
            throw new AssertionError("no processor for " + entry.name());
        }
        return processor;
    }

    @Override
    public FlatNode read(Entry entry, String text, int line) throws Unreadable {
        byte[] bytes = (text + entry.terminator()).getBytes(StandardCharsets.UTF_8);
        var fields = new Fields(line);
        ParseResult result;
        try {
            result = processor(entry).parse(new InputSourceDataInputStream(bytes), fields);
        } catch (StackOverflowError e) { // a pattern of the schema's, and a text that leads it astray
            throw new Unreadable(new Fault(
                    line, 1, entry.name(), text, "a text that the patterns of the schema can be tried on (" + e + ")"));
        }
        for (Diagnostic diagnostic : result.getDiagnostics()) {
            if (diagnostic.isError()) {
                throw unreadable(entry, text, line, diagnostic, bytes);
            }
        }
        long end = (result.location().bitPos1b() - 1) / Byte.SIZE;
        FlatNode record = fields.record();
        if (end < bytes.length || record == null) {
            int column = characters(bytes, (int) end);
            throw new Unreadable(new Fault(
                    line,
                    column + 1,
                    entry.name(),
                    text.substring(Math.min(column, text.length())),
                    "the end of the record"));
        }
        return record;
    }

    private static Unreadable unreadable(Entry entry, String text, int line, Diagnostic said, byte[] bytes) {
        long at = said.getDataLocations().stream()
                .mapToLong(location -> location.bytePos1b() - 1)
                .findFirst()
                .orElse(0);
        int column = Math.min(characters(bytes, (int) at), text.length());
        String sentence = said.getSomeMessage() == null ? said.getMessage() : said.getSomeMessage();
        String first = String.valueOf(sentence).lines().findFirst().orElse("");
        return new Unreadable(new Fault(
                line, column + 1, entry.name(), text.substring(column), "what the schema says (" + first + ")"));
    }

    private static int characters(byte[] bytes, int end) {
        return new String(bytes, 0, Math.max(0, Math.min(end, bytes.length)), StandardCharsets.UTF_8).length();
    }

    @Override
    public void write(Entry entry, FlatNode record, StringBuilder out) throws Unwritable {
        var bytes = new ByteArrayOutputStream();
        byte[] xml = XmlText.of(record, FlatNode.DOCUMENT_BYTES_MAX);
        var result = processor(entry)
                .unparse(new XMLTextInfosetInputter(new ByteArrayInputStream(xml)), Channels.newChannel(bytes));
        @Nullable
        String why = result.getDiagnostics().stream()
                .filter(Diagnostic::isError)
                .map(Diagnostic::getMessage)
                .findFirst()
                .orElse(null);
        if (why != null) {
            throw new Unwritable("The record " + entry.name() + " cannot be written: " + why);
        }
        out.append(bytes.toString(StandardCharsets.UTF_8));
    }
}
