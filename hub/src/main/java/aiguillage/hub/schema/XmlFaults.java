package aiguillage.hub.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/// Collects the faults of one document in XML. Owned by one [XmlPass].
final class XmlFaults implements ErrorHandler {

    private final XmlTee tee;
    private final List<Fault> faults = new ArrayList<>();

    /// @param tee knows where in the document the reader is
    XmlFaults(XmlTee tee) {
        this.tee = tee;
    }

    void startDocument() {
        faults.clear();
    }

    /// The document is not as its schema says; reading goes on, there may be more.
    @Override
    public void error(SAXParseException e) throws SAXException {
        XmlSentences.Said said = XmlSentences.ofSchema(String.valueOf(e.getMessage()));
        if (said.repeatsTheOneBefore() && !faults.isEmpty() && faults.getLast().line() == e.getLineNumber()) {
            said.attribute().ifPresent(this::nameAttribute);
            return;
        }
        faults.add(new Fault(e.getLineNumber(), e.getColumnNumber(), tee.path(), said.code(), said.sentence()));
        if (faults.size() == Fault.SHOWN_MAX) {
            throw new Enough();
        }
    }

    /// The document is not XML; what follows means nothing.
    @Override
    public void fatalError(SAXParseException e) throws SAXException {
        throw e;
    }

    @Override
    public void warning(SAXParseException e) {
        // The reader's advice on DTDs and schema files, which are not the sender's.
    }

    void fatal(SAXParseException e) {
        XmlSentences.Said said = XmlSentences.ofReader(String.valueOf(e.getMessage()));
        faults.add(new Fault(e.getLineNumber(), e.getColumnNumber(), tee.path(), said.code(), said.sentence()));
    }

    /// The reader gave up for a reason of its own; the document is the only thing it was given.
    void unread(SAXException e) {
        faults.add(new Fault(
                tee.line(),
                tee.column(),
                tee.path(),
                "xml-not-readable",
                "The document cannot be read on from here: " + e.getMessage()));
    }

    void limit(String sentence) {
        faults.add(new Fault(tee.line(), tee.column(), tee.path(), "xml-limit", sentence));
    }

    void encoding() {
        faults.add(new Fault(tee.line(), tee.column(), tee.path(), "xml-encoding", XmlSentences.ENCODING));
    }

    Optional<Verdict> verdict() {
        return faults.isEmpty() ? Optional.empty() : Optional.of(new Verdict.Invalid(faults));
    }

    private void nameAttribute(String attribute) {
        Fault last = faults.removeLast();
        faults.add(new Fault(last.line(), last.column(), last.path() + "/@" + attribute, last.code(), last.sentence()));
    }

    /// Ends the reading: as many faults as are shown have been found.
    static final class Enough extends SAXException {
        private static final long serialVersionUID = 1;
    }
}
