package aiguillage.hub.as4;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// Steps down a tree of XML, each to elements of one name; what is missing or doubled is an invalid header.
final class Nodes {

    private Nodes() {}

    static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    static List<Element> children(Element parent, String namespace, String name) {
        return children(parent).stream()
                .filter(child -> Names.is(child, namespace, name))
                .toList();
    }

    /// The one child of that name.
    static Element one(Element parent, String namespace, String name) throws As4Fault {
        Element found = oneOrNone(parent, namespace, name);
        if (found == null) {
            throw new As4Fault(EbmsError.INVALID_HEADER, parent.getLocalName() + " has no " + name + ".");
        }
        return found;
    }

    static @Nullable Element oneOrNone(Element parent, String namespace, String name) throws As4Fault {
        List<Element> found = children(parent, namespace, name);
        if (found.size() > 1) {
            throw new As4Fault(
                    EbmsError.INVALID_HEADER, parent.getLocalName() + " has more than one " + name + ": leave one.");
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    /// The text of the one child of that name.
    static String text(Element parent, String namespace, String name) throws As4Fault {
        return text(one(parent, namespace, name));
    }

    static @Nullable String textOrNull(Element parent, String namespace, String name) throws As4Fault {
        Element found = oneOrNone(parent, namespace, name);
        return found == null ? null : text(found);
    }

    static String text(Element element) {
        return element.getTextContent().strip();
    }

    /// An attribute without a namespace; empty when it is missing.
    static String attribute(Element element, String name) {
        return element.getAttribute(name);
    }

    static byte[] base64(Element element) throws As4Fault {
        try {
            return Base64.getMimeDecoder().decode(element.getTextContent());
        } catch (IllegalArgumentException e) {
            throw new As4Fault(EbmsError.INVALID_HEADER, element.getLocalName() + " is no base64.");
        }
    }
}
