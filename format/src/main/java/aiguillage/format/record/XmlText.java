package aiguillage.format.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Fields as XML, as they are: written as bytes at once, since every line of a file may be a document. For one
/// document.
public final class XmlText {

    private static final byte[] DECLARATION = ascii("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private static final byte[] XSI = ascii(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"");
    private static final byte[] NIL = ascii(" xsi:nil=\"true\"/>");
    private static final byte[] LESS = ascii("&lt;");
    private static final byte[] GREATER = ascii("&gt;");
    private static final byte[] AMPERSAND = ascii("&amp;");
    private static final byte[] RETURN = ascii("&#13;");

    private static final int FIRST_BYTES = 1_024;
    private static final int UTF8_BYTES_MAX = 3;
    private static final int ONE_BYTE = 0x80;
    private static final int TWO_BYTES = 0x800;
    private static final int THREE_BYTES = 0x10000;

    private final int bytesMax;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    private XmlText(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// A document of XML 1.0, in UTF-8.
    ///
    /// @throws Unwritable when it is longer
    public static byte[] of(FlatNode root, int bytesMax) throws Unwritable {
        var text = new XmlText(bytesMax);
        text.append(DECLARATION);
        text.element(root, hasNil(root));
        text.append((byte) '\n');
        return Arrays.copyOf(text.bytes, text.length);
    }

    private static boolean hasNil(FlatNode node) {
        if (node.isNil()) {
            return true;
        }
        List<FlatNode> children = node.children();
        for (int i = 0; i < children.size(); i++) {
            if (hasNil(children.get(i))) {
                return true;
            }
        }
        return false;
    }

    private void element(FlatNode node, boolean declares) throws Unwritable {
        append((byte) '<');
        append(node.name());
        if (declares) {
            append(XSI);
        }
        if (node.isNil()) {
            append(NIL);
            return;
        }
        append((byte) '>');
        List<FlatNode> children = node.children();
        for (int i = 0; i < children.size(); i++) {
            element(children.get(i), false);
        }
        append(node.text());
        append((byte) '<');
        append((byte) '/');
        append(node.name());
        append((byte) '>');
    }

    private void room(int more) throws Unwritable {
        if (bytes.length - length < more) {
            if (length > bytesMax) {
                throw new Unwritable("The document would have more than " + bytesMax + " bytes.");
            }
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, more)));
        }
    }

    private void append(byte one) throws Unwritable {
        room(1);
        bytes[length++] = one;
    }

    private void append(byte[] some) throws Unwritable {
        room(some.length);
        System.arraycopy(some, 0, bytes, length, some.length);
        length += some.length;
    }

    /// Plain characters in a loop of their own: nearly all are.
    private void append(String text) throws Unwritable {
        room(Math.multiplyExact(text.length(), UTF8_BYTES_MAX));
        byte[] into = bytes;
        int from = length;
        int count = text.length();
        int at = 0;
        while (at < count) {
            char c = text.charAt(at);
            if (c >= ONE_BYTE || c == '<' || c == '>' || c == '&' || c == '\r') {
                break;
            }
            into[from + at++] = (byte) c;
        }
        length += at;
        if (at < count) {
            appendOther(text, at);
        }
    }

    private void appendOther(String text, int from) throws Unwritable {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ONE_BYTE) {
                i += high(text, i);
                continue;
            }
            switch (c) {
                case '<' -> append(LESS, text.length() - i);
                case '>' -> append(GREATER, text.length() - i);
                case '&' -> append(AMPERSAND, text.length() - i);
                case '\r' -> append(RETURN, text.length() - i);
                default -> bytes[length++] = (byte) c;
            }
        }
    }

    /// @param charsLeft characters that follow, for which there is to be room as before
    private void append(byte[] escaped, int charsLeft) throws Unwritable {
        append(escaped);
        room(Math.multiplyExact(charsLeft, UTF8_BYTES_MAX));
    }

    /// @return how many characters more than one it took
    private int high(String text, int at) {
        int c = text.codePointAt(at);
        if (c < TWO_BYTES) {
            bytes[length++] = (byte) (0xC0 | (c >> 6));
        } else if (c < THREE_BYTES) {
            bytes[length++] = (byte) (0xE0 | (c >> 12));
            bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        } else {
            bytes[length++] = (byte) (0xF0 | (c >> 18));
            bytes[length++] = (byte) (0x80 | ((c >> 12) & 0x3F));
            bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        }
        bytes[length++] = (byte) (0x80 | (c & 0x3F));
        return Character.charCount(c) - 1;
    }
}
