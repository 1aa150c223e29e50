package aiguillage.conformance.driver;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The kit's documents as a dealer's old system writes and reads them: flat files, by hand.
///
/// ```text
/// DOC;ProcessWarrantyClaim
/// AREA;2026-03-17T08:41:22Z;c11-1;dealer-b
/// HOURS;1.5
/// TEXT;Joint
/// ```
final class FlatText {

    private static final int LINE_CHARS = 1_000;
    private static final String TEXT = "TEXT;";
    private static final Pattern XML = Pattern.compile("<([A-Za-z]+) xmlns=\"" + Pattern.quote(Offer.NAMESPACE)
            + "\"><ApplicationArea><CreationDateTime>([^<]*)</CreationDateTime><BODID>([^<]*)</BODID>"
            + "(?:<Destination><PartyReceiverID>([^<]*)</PartyReceiverID></Destination>)?</ApplicationArea>"
            + "\\s*<Hours>([^<]*)</Hours><Text>([^<]*+)</Text></\\1>");
    private static final Pattern HEAD =
            Pattern.compile("DOC;([^;\\n]*)\\nAREA;([^;\\n]*);([^;\\n]*);([^;\\n]*)\\nHOURS;([^;\\n]*)\\n");

    private FlatText() {}

    /// A document as a flat file; one of which there is none, as it is.
    static byte[] of(byte[] document) {
        Matcher found = XML.matcher(text(document));
        if (!found.matches()) {
            return document;
        }
        String to = found.group(4) == null ? "" : found.group(4);
        var flat = new StringBuilder("DOC;" + found.group(1) + "\nAREA;" + found.group(2) + ";" + found.group(3) + ";"
                + to + "\nHOURS;" + found.group(5) + "\n");
        int[] characters = found.group(6).codePoints().toArray();
        for (int at = 0; at < characters.length; at += LINE_CHARS) {
            flat.append(TEXT)
                    .append(new String(characters, at, Math.min(LINE_CHARS, characters.length - at)))
                    .append('\n');
        }
        return bytes(flat.toString());
    }

    /// The document that a flat file is; of what is none, as it is.
    static byte[] document(byte[] flat) {
        String lines = text(flat).replace("\r\n", "\n");
        Matcher found = HEAD.matcher(lines);
        if (!found.lookingAt() || !lines.substring(found.end()).lines().allMatch(line -> line.startsWith(TEXT))) {
            return flat;
        }
        String to = found.group(4).isEmpty()
                ? ""
                : "<Destination><PartyReceiverID>" + found.group(4) + "</PartyReceiverID></Destination>";
        String text = lines.substring(found.end())
                .lines()
                .map(line -> line.substring(TEXT.length()))
                .collect(Collectors.joining());
        return bytes("<" + found.group(1) + " xmlns=\"" + Offer.NAMESPACE + "\"><ApplicationArea><CreationDateTime>"
                + found.group(2) + "</CreationDateTime><BODID>" + found.group(3) + "</BODID>" + to
                + "</ApplicationArea><Hours>" + found.group(5) + "</Hours><Text>" + text + "</Text></" + found.group(1)
                + ">");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
