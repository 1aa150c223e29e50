package aiguillage.hub.intake;

import aiguillage.format.Format;
import aiguillage.format.description.FormatFile;
import aiguillage.format.description.FormatFile.BadRecords;
import aiguillage.format.reading.FlatReader;
import aiguillage.format.translation.Untranslatable;
import aiguillage.hub.document.Documents;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Payload;
import aiguillage.hub.flows.CurrentTable;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.quota.Quotas;
import aiguillage.hub.schema.Fault;
import aiguillage.hub.schema.Verdict;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.PartyId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// Takes a flat file in: reads it record by record, and hands each of its documents to the intake. Safe from
/// any thread; waits.
///
/// Each document is named after the file and the line on which it begins, a document that is the whole file
/// after the file alone. A line that was taken once is not read again, only answered (I2): the same file gets
/// the same receipts whatever the format says today, and lines that were bad then are tried anew.
final class FlatIntake {

    /// Documents of one file; each has a receipt, and they are answered together.
    static final int DOCUMENTS_MAX = 20_000;

    /// Files that are read at a time.
    private static final int FILES_MAX = 2;

    /// Documents of a file that are on their way to the journal.
    private static final int UNDER_WAY_MAX = 256;

    /// Documents that are looked at for those of one file, whoever gave ids that begin like its own.
    private static final int LOOKED_AT_MAX = 2 * DOCUMENTS_MAX;

    private static final int RECORDS_MAX = FlatReader.RECORDS_MAX;

    /// Where UNA says with what segments end.
    private static final int UNA_END = 8;

    private static final int HTTP_TOO_MANY = 429;
    private static final int HTTP_SERVER = 500;

    private final Intake intake;
    private final Documents documents;
    private final Ledger ledger;
    private final CurrentTable flows;
    private final Quotas quotas;
    private final Semaphore files = new Semaphore(FILES_MAX, true);
    private final Map<PartyId, Turn> turns = new ConcurrentHashMap<>();

    FlatIntake(Intake intake, Documents documents, Ledger ledger, CurrentTable flows, Quotas quotas) {
        this.intake = intake;
        this.documents = documents;
        this.ledger = ledger;
        this.flows = flows;
        this.quotas = quotas;
    }

    /// One party's turn: its files are read one after the other, so that they leave room for others'.
    ///
    /// @param waiting how many have it or wait for it
    private record Turn(Semaphore semaphore, int waiting) {

        Turn more(int some) {
            return new Turn(semaphore, waiting + some);
        }
    }

    /// A file on its way in.
    ///
    /// @param payload what the file itself is
    private record Coming(Submission submission, Received received, Payload payload, Format format) {

        boolean isWhole(FlatReader.Document document) {
            return format.head().document().equals(document.root().name());
        }
    }

    /// A document that was handed over.
    private record UnderWay(FlatReader.Document document, DocumentId id, Awaited reply) {}

    /// Takes a file. The file itself is not kept: its documents are.
    void take(Submission submission, Received received, Format format, Reply reply) throws IOException {
        PartyId party = submission.envelope().sender();
        Turn turn =
                turns.compute(party, (_, there) -> there == null ? new Turn(new Semaphore(1, true), 1) : there.more(1));
        turn.semaphore.acquireUninterruptibly();
        files.acquireUninterruptibly();
        try {
            quotas.of(party).requireDocuments(); // those that waited here with it may have been many documents
            var coming = new Coming(submission, received, received.payload(), format);
            submission.proven(coming.payload);
            taken(coming, reply);
        } finally {
            files.release();
            turn.semaphore.release();
            turns.computeIfPresent(party, (_, there) -> there.waiting == 1 ? null : there.more(-1));
            intake.drop(received);
        }
    }

    private void taken(Coming coming, Reply reply) throws IOException {
        Envelope file = coming.submission.envelope();
        Optional<Recorded<Entry.DocumentAccepted>> whole = documents.sent(file.id(), file.sender());
        if (whole.isPresent()) {
            intake.repeated(coming.submission, coming.payload, whole.get(), reply);
            return;
        }
        NavigableMap<Integer, Recorded<Entry.DocumentAccepted>> known = known(coming);
        BadRecords asked = coming.submission.flow().terms().badRecords();
        BadRecords bad = asked == null ? coming.format.head().badRecords() : asked;
        boolean isChecked = bad == BadRecords.REFUSE_FILE && known.isEmpty();
        if (isChecked) {
            FlatReport checked = checked(coming);
            if (checked.hasFaults()) {
                refuse(coming, checked, reply);
                return;
            }
        }
        FlatReport report = handedOver(coming, known, isChecked);
        if (report.isEmpty()) {
            report.fault(FlatReport.fault(1, 1, "file", "at least one record; the file has none that could be read"));
        }
        if (!report.hasReceipts()) {
            refuse(coming, report, reply);
        } else {
            reply.accepted(report.isFirst(), report.document(), report.bytes());
        }
    }

    /// One of the documents that were made of this party's file of this id, whatever it said.
    Optional<Recorded<Entry.DocumentAccepted>> any(Envelope file) {
        return madeOf(file, 1).stream().findFirst();
    }

    private List<Recorded<Entry.DocumentAccepted>> madeOf(Envelope file, int most) {
        return documents.beginning(file.id() + ".", file.sender(), LOOKED_AT_MAX, most, one -> isMadeOf(file, one));
    }

    private static boolean isMadeOf(Envelope file, Envelope one) {
        return FlatPart.isOne(one) && FlatPart.number(file.id(), one.id()).isPresent();
    }

    /// The receipts of a file that came before and that its flow does not take any more: lines that were bad are
    /// not tried anew.
    ///
    /// @param known one of its documents
    void repeated(Envelope file, Envelope known, Reply reply) {
        var report = new FlatReport(String.valueOf(known.extension(FlatPart.FORMAT)), file.id());
        for (Recorded<Entry.DocumentAccepted> one : madeOf(file, DOCUMENTS_MAX)) {
            Envelope envelope = one.entry().envelope();
            int number = FlatPart.number(file.id(), envelope.id()).orElseThrow();
            report.known(number, FlatPart.lines(envelope, number), envelope.id(), accepted(one), false);
        }
        reply.accepted(false, report.document(), report.bytes());
    }

    private FlatReport.Accepted accepted(Recorded<Entry.DocumentAccepted> one) {
        return new FlatReport.Accepted(
                one.position(), ledger.receipt(one.position()).toBytes());
    }

    private void refuse(Coming coming, FlatReport report, Reply reply) {
        intake.recordRefused(coming.submission, coming.payload, report.first(), report.refused(), reply);
    }

    /// The documents that were made of this file before, by their numbers.
    private NavigableMap<Integer, Recorded<Entry.DocumentAccepted>> known(Coming coming) throws IOException {
        var known = new TreeMap<Integer, Recorded<Entry.DocumentAccepted>>();
        Envelope file = coming.submission.envelope();
        int numbers = numbers(coming);
        if (!DocumentId.isOne(file.id().value() + "." + numbers)) {
            throw new Refused(
                    Problem.BAD_ENVELOPE,
                    "The id " + file.id() + " is too long for a flat file: its documents are named after it and their"
                            + " line, in 128 characters.");
        }
        for (int number = 1; number <= numbers; number++) {
            Optional<Recorded<Entry.DocumentAccepted>> sent =
                    documents.sent(FlatPart.id(file.id(), number), file.sender());
            if (sent.isPresent()) {
                if (!FlatPart.isOf(sent.get().entry().envelope(), file, coming.payload.digest())) {
                    throw intake.taken(coming.submission, sent.get().position(), coming.payload.digest());
                }
                known.put(number, sent.get());
            }
        }
        return known;
    }

    /// How many records a file may have at most, whatever its format says of them.
    private int numbers(Coming coming) throws IOException {
        FormatFile head = coming.format.head();
        Integer length = head.recordLength();
        if (length != null) {
            return requireFew(coming.received.bytes() / length + 1);
        }
        boolean isSegments = head.records() == FormatFile.Framing.SEGMENTS;
        long numbers = 1;
        var buffer = new byte[65_536];
        try (InputStream content = intake.open(coming.received)) {
            byte end = lineEnd(head);
            boolean isFirst = true;
            for (int n = content.readNBytes(buffer, 0, buffer.length); n > 0; n = content.read(buffer)) {
                if (isSegments && isFirst) {
                    end = isUna(buffer, n) ? buffer[UNA_END] : (byte) '\'';
                }
                isFirst = false;
                for (int i = 0; i < n; i++) {
                    numbers += buffer[i] == end ? 1 : 0;
                }
                requireFew(numbers);
            }
        }
        return (int) numbers;
    }

    /// The byte that is in every line end of the encoding, which may be one of EBCDIC's.
    private static byte lineEnd(FormatFile head) {
        byte end = '\n';
        for (byte one : "\n".getBytes(head.charset())) {
            end = one == 0 ? end : one;
        }
        return end;
    }

    /// Whether a line holds one record; else several may stand on it, and that one was good says nothing of the
    /// others.
    private static boolean areLines(Coming coming) {
        return switch (coming.format.head().records()) {
            case LINES, QUOTED_LINES -> true;
            case SEGMENTS, FIXED -> false;
        };
    }

    private static boolean isUna(byte[] content, int bytes) {
        return bytes > UNA_END && content[0] == 'U' && content[1] == 'N' && content[2] == 'A';
    }

    private static int requireFew(long records) {
        if (records > RECORDS_MAX) {
            throw new Refused(Problem.PAYLOAD_TOO_LARGE, "A flat file has at most " + RECORDS_MAX + " records.");
        }
        return (int) records;
    }

    /// Reads the whole file without taking anything of it.
    private FlatReport checked(Coming coming) throws IOException {
        var report = new FlatReport(
                coming.format.name(), coming.submission.envelope().id());
        try (InputStream content = intake.open(coming.received)) {
            FlatReader reader = coming.format.reader(content, _ -> {});
            int count = 0;
            for (var next = reader.next(); next != null; next = reader.next()) {
                count(coming, ++count);
                checked(coming, next, report);
                requireFew(count);
            }
            report.faults(reader.faults());
        }
        return report;
    }

    /// Each document counts as by any other door; the file itself was counted there, as its first.
    private void count(Coming coming, int number) {
        if (number > 1) {
            quotas.of(coming.submission.envelope().sender()).oneMore();
        }
    }

    private static void requireFew(int count) {
        if (count > DOCUMENTS_MAX) {
            throw new Refused(
                    Problem.PAYLOAD_TOO_LARGE,
                    "The file has more than " + DOCUMENTS_MAX + " documents. Send it in parts, or have it described as"
                            + " one document.");
        }
    }

    private void checked(Coming coming, FlatReader.Document document, FlatReport report) throws IOException {
        try {
            byte[] made = coming.format.translation().document(document.root());
            Submission part = part(coming, document);
            Refused refusal = part.refusal(made.length);
            if (refusal != null) {
                throw refusal;
            }
            if (!report.hasRoomFor(made.length)) {
                report.fault(tooMuch(document));
            } else if (intake.checked(part, new ByteArrayInputStream(made), made.length)
                    instanceof Verdict.Invalid invalid) {
                report.invalid(document, invalid.faults());
            }
        } catch (Untranslatable e) {
            report.untranslatable(document, e);
        }
    }

    private static Fault tooMuch(FlatReader.Document document) {
        return FlatReport.fault(
                document.first(),
                1,
                "document",
                "at most " + FlatReport.BYTES_MAX
                        + " bytes in all documents of one file: send it again in another file");
    }

    private Submission part(Coming coming, FlatReader.Document document) {
        Envelope file = coming.submission.envelope();
        DocumentId id = coming.isWhole(document) ? null : FlatPart.id(file.id(), document.number());
        Envelope envelope = FlatPart.of(
                file,
                id,
                coming.payload,
                coming.format.name(),
                coming.format.mediaType(),
                document.first(),
                document.last());
        return Submission.of(file.sender(), envelope, flows.inForce(), null, null);
    }

    /// @param isCounted whether its documents were counted before
    private FlatReport handedOver(
            Coming coming, NavigableMap<Integer, Recorded<Entry.DocumentAccepted>> known, boolean isCounted)
            throws IOException {
        var report = new FlatReport(
                coming.format.name(), coming.submission.envelope().id());
        boolean areLines = areLines(coming);
        known.forEach((number, sent) -> report.known(
                number,
                FlatPart.lines(sent.entry().envelope(), number),
                sent.entry().envelope().id(),
                accepted(sent),
                areLines));
        Deque<UnderWay> underWay = new ArrayDeque<>();
        int made = 0;
        try (InputStream content = intake.open(coming.received)) {
            FlatReader reader = coming.format.reader(content, _ -> {});
            for (var next = reader.next(); next != null; next = reader.next()) {
                if (report.hasReceiptFor(next.number())) {
                    continue;
                }
                if (report.hasTakenOf(next, coming.isWhole(next))) {
                    report.fault(FlatReport.fault(
                            next.first(),
                            1,
                            "document",
                            "a document of which nothing was taken when the file came before: put what is new into"
                                    + " another file"));
                } else if (report.count() + underWay.size() >= DOCUMENTS_MAX) {
                    // what was taken stays taken, so the rest is told like any other line that was not
                    report.fault(FlatReport.fault(
                            next.first(),
                            1,
                            "document",
                            "at most " + DOCUMENTS_MAX + " documents of one file: send it again in another file"));
                } else {
                    count(coming, isCounted ? 0 : ++made);
                    hand(coming, next, report, underWay);
                }
                while (underWay.size() >= UNDER_WAY_MAX) {
                    await(underWay.remove(), report);
                }
            }
            report.faults(reader.faults());
        } finally {
            while (!underWay.isEmpty()) {
                await(underWay.remove(), report);
            }
        }
        report.throwIfForNow();
        return report;
    }

    private void hand(Coming coming, FlatReader.Document document, FlatReport report, Deque<UnderWay> underWay)
            throws IOException {
        byte[] made;
        try {
            made = coming.format.translation().document(document.root());
        } catch (Untranslatable e) {
            report.untranslatable(document, e);
            return;
        }
        Submission part = part(coming, document);
        Refused refusal = part.refusal(made.length);
        if (refusal != null) {
            report.refused(document, refusal);
            return;
        }
        if (!report.hasRoomFor(made.length)) {
            report.fault(tooMuch(document));
            return;
        }
        Received received = intake.read(part, new ByteArrayInputStream(made), made.length, _ -> {});
        var reply = new Awaited();
        intake.take(part, received, reply);
        underWay.add(new UnderWay(document, part.envelope().id(), reply));
    }

    private static void await(UnderWay one, FlatReport report) {
        try {
            report.receipt(one.document, one.id, new FlatReport.Accepted(one.reply.document(), one.reply.receipt()));
        } catch (Refused e) {
            report.refused(one.document, e);
        }
    }

    /// Whether the same file may be taken a little later.
    static boolean isForNow(Problem problem) {
        return problem.status() == HTTP_TOO_MANY || problem.status() >= HTTP_SERVER;
    }

    /// A fault of a file as the journal has it.
    static Fault fault(aiguillage.format.report.Fault fault) {
        return new Fault(fault.line(), fault.column(), fault.where(), "flat-record", fault.sentence());
    }

    /// What a refusal says of a payload, as faults.
    static List<?> faults(Refused refused) {
        return refused.particulars().get("faults") instanceof List<?> faults ? faults : List.of();
    }
}
