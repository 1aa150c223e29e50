package aiguillage.hub.schema;

import aiguillage.xml.HardenedXml;
import aiguillage.xml.XmlInput;
import aiguillage.xml.XmlLimits;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import javax.xml.validation.ValidatorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;

/// One reader with its validator, used for one document after the other: making them costs more than a claim does.
///
/// Not safe for several threads; [XmlPasses] lends it to one at a time. The reader remembers every name it ever
/// saw, so a pass is not kept for ever: see [#worn()].
final class XmlPass {

    /// After so many bytes a pass is replaced: bounds the names that hostile documents leave in it.
    static final long WORN_BYTES = 4L * 1024 * 1024;

    private final XMLReader reader;
    private final XmlKeys keys;
    private final XmlTee tee;
    private final XmlFaults faults;
    private long bytes;

    XmlPass(Optional<XmlSchema> schema, XmlKeys keys) {
        Optional<ValidatorHandler> validator = schema.map(compiled -> HardenedXml.validator(compiled.schema()));
        this.keys = keys;
        this.tee = new XmlTee(validator, keys, new XmlInput(InputStream.nullInputStream()));
        this.faults = new XmlFaults(tee);
        validator.ifPresent(judge -> judge.setErrorHandler(faults));
        this.reader = reader(tee, faults);
    }

    /// Reads the payload once, to its end or until it is clear that it must be refused.
    ///
    /// @throws IOException when the payload itself cannot be read
    Verdict read(InputStream payload) throws IOException {
        var input = new XmlInput(payload);
        tee.next(input);
        faults.startDocument();
        try {
            reader.parse(input.source());
        } catch (SAXParseException e) {
            faults.fatal(e);
        } catch (XmlTee.TextTooLong e) {
            faults.limit("The text of one element has more than " + XmlLimits.TEXT_CHARS_MAX
                    + " characters. Send long content as a document of its own.");
        } catch (XmlFaults.Enough e) {
            // All faults that are shown are known.
        } catch (SAXException e) {
            faults.unread(e); // the reader says what, and not where
        } catch (XmlInput.MarkupTooLong e) {
            faults.limit("One tag, comment or CDATA section has more than " + XmlLimits.MARKUP_BYTES_MAX
                    + " bytes. Send long content as the text of an element.");
        } catch (CharConversionException | CharacterCodingException | UnsupportedEncodingException e) {
            faults.encoding();
        } finally {
            bytes += input.bytes();
        }
        return faults.verdict().orElseGet(() -> keys.found().valid());
    }

    /// Whether it has seen so much that a fresh one should take its place.
    boolean worn() {
        return bytes > WORN_BYTES;
    }

    private static XMLReader reader(XmlTee tee, XmlFaults faults) {
        XMLReader made = HardenedXml.reader(new XmlComments(tee));
        made.setContentHandler(tee);
        made.setErrorHandler(faults);
        return made;
    }
}
