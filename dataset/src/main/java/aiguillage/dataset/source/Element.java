package aiguillage.dataset.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An element of an XML document, with all that is in it. Names are without namespaces.
///
/// @param content its own text, while it is being read
record Element(String name, Map<String, String> attributes, List<Element> children, StringBuilder content) {

    Element(String name, Map<String, String> attributes) {
        this(name, attributes, new ArrayList<>(), new StringBuilder());
    }

    /// Its own text, without white space around it.
    String text() {
        return content.toString().strip();
    }
}
