package aiguillage.format.description;

import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// Looking around in a tree of XML.
final class Xml {

    static final String XS = "http://www.w3.org/2001/XMLSchema";

    private Xml() {}

    /// The element children.
    static List<Element> children(Element parent) {
        var children = new ArrayList<Element>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    /// The element children of a name.
    static List<Element> children(Element parent, String namespace, String name) {
        return children(parent).stream()
                .filter(child -> is(child, namespace, name))
                .toList();
    }

    /// All elements of a name below one.
    static List<Element> below(Element parent, String namespace, String name) {
        var found = new ArrayList<Element>();
        var all = parent.getElementsByTagNameNS(namespace, name);
        for (int i = 0; i < all.getLength(); i++) {
            if (all.item(i) instanceof Element element) {
                found.add(element);
            }
        }
        return found;
    }

    static boolean is(Element element, String namespace, String name) {
        return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
    }
}
