package aiguillage.gateway.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.jspecify.annotations.Nullable;

/// Text on sheets of A4, line below line. Lines are broken where they end; characters that the font has not
/// become `?`. For one thread.
final class PdfSheet implements AutoCloseable {

    private static final float MARGIN = 56;
    private static final float WIDTH = PDRectangle.A4.getWidth() - 2 * MARGIN;
    private static final float NAMES_WIDTH = 110;
    private static final float LEADING = 1.35f;
    private static final float TEXT = 10.5f;
    private static final float SMALL = 7.5f;
    private static final float HEADING = 12;
    private static final float TITLE = 18;
    private static final float THOUSANDTHS = 1_000;

    private final PDDocument document;
    private final PDFont font;
    private final Map<Integer, String> known = new HashMap<>();
    private @Nullable PDPageContentStream page;
    private float y;

    PdfSheet(PDDocument document, PDFont font) {
        this.document = document;
        this.font = font;
    }

    void title(String text) throws IOException {
        lines(text, TITLE, MARGIN, WIDTH);
        y -= TEXT;
    }

    void heading(String text) throws IOException {
        y -= TEXT;
        lines(text, HEADING, MARGIN, WIDTH);
        y -= TEXT / 2;
    }

    void text(String text) throws IOException {
        lines(text, TEXT, MARGIN, WIDTH);
        y -= TEXT / 2;
    }

    void small(String text) throws IOException {
        lines(text, SMALL, MARGIN, WIDTH);
    }

    /// A name, and beside it what it is.
    void fact(String name, String value) throws IOException {
        List<String> names = broken(name, TEXT, NAMES_WIDTH - TEXT);
        List<String> values = broken(value, TEXT, WIDTH - NAMES_WIDTH);
        for (int i = 0; i < Math.max(names.size(), values.size()); i++) {
            down(TEXT);
            if (i < names.size()) {
                put(names.get(i), TEXT, MARGIN);
            }
            if (i < values.size()) {
                put(values.get(i), TEXT, MARGIN + NAMES_WIDTH);
            }
        }
    }

    private void lines(String text, float size, float x, float width) throws IOException {
        for (String line : broken(text, size, width)) {
            down(size);
            put(line, size, x);
        }
    }

    /// Goes to the next line, on another page when this one is full.
    private void down(float size) throws IOException {
        y -= size * LEADING;
        if (page == null || y < MARGIN) {
            close();
            var next = new PDPage(PDRectangle.A4);
            document.addPage(next);
            page = new PDPageContentStream(document, next);
            y = PDRectangle.A4.getHeight() - MARGIN - size;
        }
    }

    private void put(String line, float size, float x) throws IOException {
        PDPageContentStream on = page;
        if (on == null) {
            throw new AssertionError("there is no page to write on");
        }
        on.beginText();
        on.setFont(font, size);
        on.newLineAtOffset(x, y);
        on.showText(line);
        on.endText();
    }

    /// Lines that fit, broken between words; a word that is too long for any line, within it.
    private List<String> broken(String text, float size, float width) throws IOException {
        float room = width / size * THOUSANDTHS;
        List<String> lines = new ArrayList<>();
        var line = new StringBuilder();
        float filled = 0;
        int blank = -1;
        for (int c : text.codePoints().toArray()) {
            String shown = shown(c);
            float wide = font.getStringWidth(shown);
            if (filled + wide > room && !line.isEmpty()) {
                int end = blank > 0 ? blank : line.length();
                String rest = line.substring(blank > 0 ? blank + 1 : end);
                lines.add(line.substring(0, end));
                line.setLength(0);
                line.append(rest);
                filled = font.getStringWidth(rest);
                blank = -1;
            }
            if (c == ' ') {
                blank = line.length();
            }
            line.append(shown);
            filled += wide;
        }
        lines.add(line.toString());
        return lines;
    }

    /// The character, or what stands for it.
    private String shown(int c) throws IOException {
        String before = known.get(c);
        if (before != null) {
            return before;
        }
        String itself = Character.isISOControl(c) || !Character.isDefined(c) ? " " : Character.toString(c);
        String shown;
        try {
            font.encode(itself);
            shown = itself;
        } catch (IllegalArgumentException notInFont) {
            shown = "?";
        }
        known.put(c, shown);
        return shown;
    }

    @Override
    public void close() throws IOException {
        PDPageContentStream last = page;
        page = null;
        if (last != null) {
            last.close();
        }
    }
}
