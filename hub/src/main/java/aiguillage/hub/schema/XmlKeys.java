package aiguillage.hub.schema;

import aiguillage.xml.XmlLimits;
import java.util.List;
import org.xml.sax.Attributes;

/// Finds the declared keys while a document streams past.
///
/// Each path is a small automaton. Its state after an element is a set of bits: bit `i` says that the first `i`
/// steps lead here. One long per path and depth, so memory does not grow with the document. A key's value is an
/// attribute, or the text of an element without children. Owned by one [XmlPass].
final class XmlKeys {

    private final List<XmlKeyPath> paths;
    private final long[][] states;
    private final StringBuilder text = new StringBuilder();
    private long wantsText; // bit p: path p leads to the element now open
    private FoundKeys found = new FoundKeys();

    /// @param paths at most [PayloadCheck#KEYS_MAX]
    XmlKeys(List<XmlKeyPath> paths) {
        this.paths = paths;
        this.states = new long[XmlLimits.DEPTH_MAX + 1][paths.size()];
    }

    void startDocument() {
        found = new FoundKeys();
        wantsText = 0;
        for (int p = 0; p < paths.size(); p++) {
            states[0][p] = 1;
        }
    }

    /// @param depth of this element: 1 for the root
    void startElement(int depth, String localName, Attributes attributes) {
        text.setLength(0);
        wantsText = 0;
        for (int p = 0; p < paths.size(); p++) {
            XmlKeyPath path = paths.get(p);
            long state = step(path, states[depth - 1][p], localName);
            states[depth][p] = state;
            if ((state & (1L << path.steps().size())) != 0) {
                arrived(p, path, attributes);
            }
        }
    }

    void characters(char[] chars, int start, int length) {
        if (wantsText == 0) {
            return;
        }
        int from = start;
        int end = start + length;
        while (text.isEmpty() && from < end && Character.isWhitespace(chars[from])) {
            from++;
        }
        // One character more than is kept, so that the cut is seen.
        text.append(chars, from, Math.min(end - from, PayloadCheck.VALUE_CHARS_MAX + 1 - text.length()));
    }

    void endElement() {
        for (int p = 0; wantsText != 0; p++, wantsText >>>= 1) {
            if ((wantsText & 1) != 0) {
                found.add(paths.get(p).key(), text.toString());
            }
        }
    }

    FoundKeys found() {
        return found;
    }

    private static long step(XmlKeyPath path, long parent, String localName) {
        long state = 0;
        for (int i = 0; i < path.steps().size(); i++) {
            if ((parent & (1L << i)) == 0) {
                continue;
            }
            XmlKeyPath.Step step = path.steps().get(i);
            if (step.anywhere()) {
                state |= 1L << i;
            }
            if (step.matches(localName)) {
                state |= 1L << (i + 1);
            }
        }
        return state;
    }

    private void arrived(int p, XmlKeyPath path, Attributes attributes) {
        if (path.attribute().isEmpty()) {
            wantsText |= 1L << p;
            return;
        }
        for (int a = 0; a < attributes.getLength(); a++) {
            if (attributes.getLocalName(a).equals(path.attribute().get())) {
                found.add(path.key(), attributes.getValue(a));
            }
        }
    }
}
