package aiguillage.app.warranty;

import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// An element of a STAR document, read by the local names of its children.
record Elements(Element element) {

    private static final String STAR = "http://www.starstandard.org/STAR/5";

    /// The first child of this name.
    Elements one(String name) throws ClaimUnreadable {
        return all(name).getFirst();
    }

    /// Every child of this name: at least one.
    List<Elements> all(String name) throws ClaimUnreadable {
        var children = new ArrayList<Elements>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element found
                    && name.equals(found.getLocalName())
                    && STAR.equals(found.getNamespaceURI())) {
                children.add(new Elements(found));
            }
        }
        if (children.isEmpty()) {
            throw new ClaimUnreadable("The claim has no " + name + " in " + element.getLocalName() + ".");
        }
        return children;
    }

    String text(String name) throws ClaimUnreadable {
        return one(name).text();
    }

    String text() {
        return element.getTextContent().strip();
    }

    String attribute(String name) {
        return element.getAttribute(name);
    }
}
