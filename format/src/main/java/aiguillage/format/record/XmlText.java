package aiguillage.format.record;

/// Fields as XML, as they are.
public final class XmlText {

    private static final String XSI = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";

    private XmlText() {}

    /// A document of XML 1.0.
    public static String of(FlatNode root) {
        var text = new StringBuilder(512).append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        element(text, root, hasNil(root) ? XSI : "");
        return text.append('\n').toString();
    }

    private static boolean hasNil(FlatNode node) {
        return node.isNil() || node.children().stream().anyMatch(XmlText::hasNil);
    }

    private static void element(StringBuilder text, FlatNode node, String namespace) {
        text.append('<').append(node.name()).append(namespace);
        if (node.isNil()) {
            text.append(" xsi:nil=\"true\"/>");
            return;
        }
        text.append('>');
        node.children().forEach(child -> element(text, child, ""));
        escape(text, node.text());
        text.append("</").append(node.name()).append('>');
    }

    private static void escape(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '\r' -> out.append("&#13;");
                default -> out.append(c);
            }
        }
    }
}
