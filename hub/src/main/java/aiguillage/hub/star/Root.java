package aiguillage.hub.star;

import aiguillage.xml.HardenedXml;
import aiguillage.xml.XmlLimits;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// The document element of a payload, where it lies.
///
/// @param begin the place of its first byte
/// @param end the place behind its last byte
public record Root(String namespace, String element, long begin, long end) {

    /// Within a message it stands deeper, and that must have no more elements within each other than any
    /// document.
    private static final int DEPTH_MAX = XmlLimits.DEPTH_MAX - 5;

    /// Characters of a namespace's name, where it may be signed: it may be used a million times.
    public static final int NAMESPACE_CHARS_MAX = 256;

    /// Whether a namespace of this name may stand in what is signed: tools refuse to sign, and to check, one
    /// whose name is not absolute (Canonical XML 1.0, section 1.3).
    public static boolean maySign(String namespace) {
        return namespace.isEmpty() || (namespace.length() <= NAMESPACE_CHARS_MAX && namespace.indexOf(':') > 0);
    }

    /// Finds it, in constant memory.
    ///
    /// @return empty when the payload is no XML that can stand within a message, which may be signed: not
    ///     well-formed, not XML 1.0, beyond the bounds, not in UTF-8, or with a namespace for which [#maySign]
    ///     does not hold
    public static Optional<Root> of(SoapReader.Source payload) throws IOException {
        var first = new First();
        try (InputStream in = payload.open()) {
            HardenedXml.read(in, first);
        } catch (SAXException e) {
            return Optional.empty();
        }
        String namespace = first.namespace;
        String element = first.element;
        if (namespace == null || element == null || !first.isPlain || first.deepest > DEPTH_MAX || !first.maySign) {
            return Optional.empty();
        }
        try (InputStream in = payload.open()) {
            Markup.Place place = Markup.find(in, new TreeSet<>(List.of(0L))).get(0L);
            return place == null
                    ? Optional.empty()
                    : Optional.of(new Root(namespace, element, place.begin(), place.end()));
        }
    }

    private static final class First extends DefaultHandler {

        private @Nullable Locator locator;
        private @Nullable String namespace;
        private @Nullable String element;
        private boolean isPlain;
        private boolean maySign = true;
        private int depth;
        private int deepest;

        @Override
        public void setDocumentLocator(Locator of) {
            locator = of;
        }

        @Override
        public void startPrefixMapping(String prefix, String uri) {
            maySign &= maySign(uri);
        }

        @Override
        public void startElement(String uri, String name, String qName, Attributes attributes) {
            depth++;
            deepest = Math.max(deepest, depth);
            if (element == null) {
                namespace = uri;
                element = name;
                isPlain = SoapHandler.isPlain(locator);
            }
        }

        @Override
        public void endElement(String uri, String name, String qName) {
            depth--;
        }

        @Override
        public void fatalError(org.xml.sax.SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
