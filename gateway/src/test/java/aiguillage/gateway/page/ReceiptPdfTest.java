package aiguillage.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.protocol.Position;
import aiguillage.protocol.proof.Leaf;
import aiguillage.protocol.proof.Receipt;
import aiguillage.protocol.proof.Statement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

/// The sheet is read back as somebody reads it, and the proof in it byte for byte.
final class ReceiptPdfTest {

    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    private final ReceiptPdf french = new ReceiptPdf(PageWords.read("fr", ZoneId.of("Europe/Paris")));

    private static byte[] receipt() {
        Statement statement = Statement.of("document-accepted", "hub.example", new Position(17))
                .with("time", "2026-03-01T09:30:00.123Z")
                .with("sender", "dealer-7")
                .with("id", "claim-1")
                .with("flow", "opel/warranty-claim")
                .with("payload", "sha-256=:uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=:")
                .done();
        var leaf = new Leaf(statement, new byte[16], new byte[32]);
        return new Receipt(
                        leaf,
                        List.of(new byte[32], new byte[32]),
                        "hub.example/ledger\n18\nAAAA\n\n— hub.example AAAA\n")
                .toBytes();
    }

    private static String text(byte[] sheet) throws IOException {
        try (PDDocument pdf = Loader.loadPDF(sheet)) {
            return new PDFTextStripper().getText(pdf).replace("\n", " ").replace("\r", "");
        }
    }

    @Test
    void theSheetSaysInWordsWhatTheHubStates() throws Exception {
        String text = text(french.of("claim-1", "réclamation n° 7 — côté gauche.xml", receipt(), NOW));
        assertThat(text)
                .contains("Récépissé")
                .contains("Le hub hub.example déclare : le document claim-1 du flux opel/warranty-claim, envoyé par")
                .contains("à la position 17", "01/03/2026 10:30:00")
                .contains("réclamation n° 7 — côté gauche.xml", "Expéditeur dealer-7", "Comment le vérifier")
                .contains("aiguillage receipt verify receipt.json", "Fait le 02/03/2026 09:00:00 (Europe/Paris)");
    }

    @Test
    void theProofIsAttachedByteForByte() throws Exception {
        try (PDDocument pdf = Loader.loadPDF(french.of("claim-1", "claim.xml", receipt(), NOW))) {
            var names = new PDDocumentNameDictionary(pdf.getDocumentCatalog());
            var file = names.getEmbeddedFiles().getNames().get(ReceiptPdf.ATTACHMENT);
            assertThat(file).isNotNull();
            byte[] attached = java.util.Objects.requireNonNull(file, "the attachment")
                    .getEmbeddedFile()
                    .toByteArray();
            assertThat(attached).isEqualTo(receipt());
            assertThat(Receipt.ofJson(attached).leaf().statement().kind()).isEqualTo("document-accepted");
        }
    }

    @Test
    void whatTheFontHasNotIsToldAndBreaksNothing() throws Exception {
        String odd = "a\u0000b\uD83D\uDE00c\u202Ed" + "\u4E2D".repeat(300) + " Ελλάδα Łódź";
        String text = text(french.of("claim-1", odd, receipt(), NOW));
        assertThat(text).contains("Ελλάδα Łódź", "???");
    }

    @Test
    void aReceiptOfAnotherFormIsPrintedAndAttachedAsItCame() throws Exception {
        byte[] other = "{\"receipt\":\"aiguillage/9\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(text(french.of("claim-1", "claim.xml", other, NOW)))
                .contains("aiguillage/9", "Sa forme est inconnue");
    }

    @Test
    void aLongReceiptGoesOverSeveralSheets() throws Exception {
        byte[] large = ("{\"receipt\":\"" + "x y".repeat(20_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        try (PDDocument pdf = Loader.loadPDF(french.of("claim-1", "claim.xml", large, NOW))) {
            assertThat(pdf.getNumberOfPages()).isGreaterThan(5);
        }
    }
}
