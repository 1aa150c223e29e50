package aiguillage.gateway.page;

import aiguillage.protocol.proof.Receipt;
import aiguillage.protocol.proof.Statement;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.jspecify.annotations.Nullable;

/// A receipt as a sheet of paper: what the hub states, in words; how to check it; and the receipt itself,
/// printed in full and attached byte for byte. The sheet proves nothing by itself, and says so.
final class ReceiptPdf {

    static final String ATTACHMENT = "receipt.json";

    /// Comes with the library: Latin, Greek and Cyrillic letters.
    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private final PageWords words;

    ReceiptPdf(PageWords words) {
        this.words = words;
    }

    /// @param file the document's name
    /// @param proof the receipt as the hub gave it
    /// @param now when the sheet is made
    byte[] of(String id, String file, byte[] proof, Instant now) throws IOException {
        try (var document = new PDDocument();
                InputStream ttf = ReceiptPdf.class.getResourceAsStream(FONT)) {
            if (ttf == null) {
                throw new IllegalStateException("there is no " + FONT + " on the class path");
            }
            PDFont font = PDType0Font.load(document, ttf, true);
            try (var sheet = new PdfSheet(document, font)) {
                write(sheet, id, file, proof, now);
            }
            attach(document, proof, now);
            PDDocumentInformation about = document.getDocumentInformation();
            about.setTitle(words.of("pdf.title") + " " + id);
            about.setCreationDate(GregorianCalendar.from(now.atZone(words.zone())));
            document.getDocumentCatalog().setLanguage(words.locale().toLanguageTag());
            var out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        }
    }

    private void write(PdfSheet sheet, String id, String file, byte[] proof, Instant now) throws IOException {
        sheet.title(words.of("pdf.title"));
        Statement statement = statement(proof);
        if (statement == null) {
            sheet.text(words.of("pdf.unknown", id, file));
        } else {
            facts(sheet, statement, file);
        }
        sheet.heading(words.of("pdf.check"));
        sheet.text(words.of("pdf.check.how", ATTACHMENT));
        sheet.text("aiguillage receipt verify " + ATTACHMENT + " --key ledger.vkey");
        sheet.text(words.of("pdf.check.key"));
        sheet.heading(words.of("pdf.full"));
        sheet.small(new String(proof, StandardCharsets.UTF_8));
        sheet.heading(words.of("pdf.made", words.time(now), words.zone().getId()));
    }

    private void facts(PdfSheet sheet, Statement statement, String file) throws IOException {
        Map<String, String> facts = new HashMap<>(statement.facts());
        String kind = statement.kind();
        String sentence = "pdf.says." + kind;
        String when = words.time(facts.getOrDefault("time", ""));
        if (words.texts().containsKey(sentence)) {
            sheet.text(words.of(
                    sentence,
                    facts.getOrDefault("hub", ""),
                    facts.getOrDefault("id", ""),
                    facts.getOrDefault("flow", ""),
                    facts.getOrDefault("sender", ""),
                    when,
                    facts.getOrDefault("position", "")));
        } else {
            sheet.text(words.of("pdf.says.other", facts.getOrDefault("hub", ""), kind));
        }
        sheet.text(words.of("pdf.file", file));
        sheet.heading(words.of("pdf.statement"));
        for (var fact : statement.facts().entrySet()) {
            sheet.fact(words.orWord("pdf.fact.", fact.getKey()), fact.getValue());
        }
    }

    private static @Nullable Statement statement(byte[] proof) {
        try {
            return Receipt.ofJson(proof).leaf().statement();
        } catch (IllegalArgumentException anotherForm) {
            return null; // of another version: printed and attached as it is
        }
    }

    private static void attach(PDDocument document, byte[] proof, Instant now) throws IOException {
        var content = new PDEmbeddedFile(document, new ByteArrayInputStream(proof));
        content.setSubtype("application/json");
        content.setSize(proof.length);
        content.setModDate(GregorianCalendar.from(now.atZone(java.time.ZoneOffset.UTC)));
        var file = new PDComplexFileSpecification();
        file.setFile(ATTACHMENT);
        file.setFileUnicode(ATTACHMENT);
        file.setEmbeddedFile(content);
        var tree = new PDEmbeddedFilesNameTreeNode();
        tree.setNames(Map.of(ATTACHMENT, file));
        var names = new PDDocumentNameDictionary(document.getDocumentCatalog());
        names.setEmbeddedFiles(tree);
        document.getDocumentCatalog().setNames(names);
    }
}
