package aiguillage.hub.intake;

import aiguillage.format.reading.FlatReader;
import aiguillage.format.report.Faults;
import aiguillage.format.translation.Untranslatable;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.schema.Fault;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Position;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// What became of a flat file, line by line. For one file; one thread.
///
/// ```json {"format": "prices", "accepted": 9, "refused": 1, "lines": [ {"line": 2, "last": 2, "id":
/// "file-….2", "receipt": {…}}, {"line": 7, "column": 41, "path": "price/pack", "code": "flat-record",
/// "expected": "found …, expected …"}]}
/// ```
final class FlatReport {

    /// Bytes of all documents that are made of a file: what stands at its top is in each of them.
    static final long BYTES_MAX = 1L << 30;

    /// Bytes of receipts in a report; of documents beyond them it has the ids alone, by which they can be asked
    /// for.
    static final int RECEIPTS_BYTES_MAX = 32 << 20;

    private static final byte[] LEFT_OUT = {};

    private final String format;
    private final DocumentId file;
    private final TreeMap<Integer, Receipt> receipts = new TreeMap<>();
    private final List<Fault> faults = new ArrayList<>();

    /// Lines of documents that were taken when the file came before.
    private final BitSet goodBefore = new BitSet();
    private long faultCount;
    private long madeBytes;
    private long receiptBytes;
    private boolean isFirst;
    private @Nullable Refused forNow;

    private @Nullable Position document;

    /// A document that the hub has.
    ///
    /// @param document where it stands in the journal
    record Accepted(Position document, byte[] receipt) {}

    private record Receipt(int line, int last, DocumentId id, byte[] bytes) {}

    /// @param file the file's own id, which a document has that is the whole file
    FlatReport(String format, DocumentId file) {
        this.format = format;
        this.file = file;
    }

    static Fault fault(int line, int column, String where, String sentence) {
        return new Fault(line, column, where, "flat-record", sentence);
    }

    void fault(Fault fault) {
        faultCount++;
        if (faults.size() < aiguillage.format.report.Fault.KEPT_MAX) {
            faults.add(fault);
        }
    }

    /// What a reader found, but for lines that were good once.
    void faults(Faults found) {
        found.kept().stream()
                .filter(fault -> !goodBefore.get(fault.line()))
                .forEach(fault -> fault(FlatIntake.fault(fault)));
        faultCount += found.count() - found.kept().size();
    }

    void invalid(FlatReader.Document document, List<Fault> invalid) {
        invalid.forEach(one -> fault(new Fault(document.first(), 1, one.path(), one.code(), one.sentence())));
    }

    void untranslatable(FlatReader.Document document, Untranslatable why) {
        fault(why.fault()
                .map(FlatIntake::fault)
                .orElseGet(() -> fault(document.first(), 1, "document", String.valueOf(why.getMessage()))));
    }

    void refused(FlatReader.Document document, Refused refused) {
        if (FlatIntake.isForNow(refused.problem())) {
            forNow = refused;
            return;
        }
        List<?> within = FlatIntake.faults(refused);
        if (within.isEmpty()) {
            fault(new Fault(document.first(), 1, "document", refused.problem().code(), refused.detail()));
        }
        for (Object one : within) {
            if (one instanceof Map<?, ?> fault) {
                fault(new Fault(
                        document.first(),
                        1,
                        String.valueOf(fault.get("path")),
                        String.valueOf(fault.get("code")),
                        String.valueOf(fault.get("expected"))));
            }
        }
    }

    /// Some documents could not be taken for a reason that passes: those that were are known when the file
    /// comes again.
    void throwIfForNow() {
        if (forNow != null) {
            throw forNow;
        }
    }

    /// @param lines the first and the last
    /// @param areLines whether each record has a line of its own
    void known(int number, int[] lines, DocumentId id, Accepted accepted, boolean areLines) {
        receipts.put(number, new Receipt(lines[0], lines[1], id, kept(accepted)));
        if (areLines) {
            goodBefore.set(lines[0], lines[1] + 1);
        }
    }

    /// Whether something of a document was taken when the file came before, as another document (I2): the
    /// format made others of it then.
    boolean hasTakenOf(FlatReader.Document document, boolean isWhole) {
        int taken = goodBefore.nextSetBit(document.first());
        return isWhole ? !receipts.isEmpty() : taken >= 0 && taken <= document.last();
    }

    /// Takes room for a document's bytes.
    boolean hasRoomFor(int bytes) {
        madeBytes += bytes <= BYTES_MAX - madeBytes ? bytes : BYTES_MAX;
        return madeBytes <= BYTES_MAX;
    }

    void receipt(FlatReader.Document document, DocumentId id, Accepted accepted) {
        receipts.put(document.number(), new Receipt(document.first(), document.last(), id, kept(accepted)));
        isFirst = true;
    }

    private byte[] kept(Accepted accepted) {
        if (document == null || accepted.document.compareTo(document) < 0) {
            document = accepted.document;
        }
        byte[] receipt = accepted.receipt;
        if (receiptBytes + receipt.length > RECEIPTS_BYTES_MAX) {
            return LEFT_OUT;
        }
        receiptBytes += receipt.length;
        return receipt;
    }

    boolean hasReceiptFor(int number) {
        return receipts.containsKey(number);
    }

    boolean hasReceipts() {
        return !receipts.isEmpty();
    }

    boolean hasFaults() {
        return faultCount > 0;
    }

    boolean isEmpty() {
        return receipts.isEmpty() && faults.isEmpty();
    }

    /// Whether anything is new.
    boolean isFirst() {
        return isFirst;
    }

    /// Where the first of its documents stands in the journal, whenever it came: the file has one.
    Position document() {
        return Objects.requireNonNull(document);
    }

    int count() {
        return receipts.size();
    }

    Fault first() {
        return faults.getFirst();
    }

    Refused refused() {
        String detail = faultCount == 1 ? first().toString() : faultCount + " records are wrong; first " + first();
        return new Refused(Problem.PAYLOAD_INVALID, detail)
                .with("faults", faults.stream().map(Intake::particulars).toList());
    }

    /// The receipt alone where the file is one document and all is well; else the report.
    byte[] bytes() {
        if (receipts.size() == 1
                && faultCount == 0
                && receipts.firstEntry().getValue().id().equals(file)) {
            return receipts.firstEntry().getValue().bytes();
        }
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonMapper.shared().createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringProperty("format", format);
            json.writeNumberProperty("accepted", receipts.size());
            json.writeNumberProperty("refused", faultCount);
            json.writeArrayPropertyStart("lines");
            var lines = new TreeMap<Integer, List<Object>>();
            receipts.values().forEach(one -> at(lines, one.line()).add(one));
            faults.forEach(one -> at(lines, (int) one.line()).add(one));
            for (List<Object> line : lines.values()) {
                line.forEach(one -> write(json, one));
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static List<Object> at(Map<Integer, List<Object>> lines, int line) {
        return lines.computeIfAbsent(line, _ -> new ArrayList<>());
    }

    private static void write(JsonGenerator json, Object one) {
        if (!(one instanceof Receipt receipt)) {
            json.writePOJO(new TreeMap<>(Intake.particulars((Fault) one)));
            return;
        }
        json.writeStartObject();
        json.writeNumberProperty("line", receipt.line());
        json.writeNumberProperty("last", receipt.last());
        json.writeStringProperty("id", receipt.id().value());
        if (receipt.bytes().length > 0) {
            json.writeName("receipt");
            json.writeRawValue(new String(receipt.bytes(), StandardCharsets.UTF_8));
        }
        json.writeEndObject();
    }
}
