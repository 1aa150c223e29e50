package aiguillage.hub.star;

import aiguillage.xml.HardenedXml;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.xml.sax.SAXException;

/// Reads a message of STAR's transport.
public final class SoapReader {

    /// Contents of one message.
    public static final int CONTENTS_MAX = 100;

    /// Receipts in one message.
    public static final int RECEIPTS_MAX = 1_000;

    private SoapReader() {}

    /// The message's bytes, from their beginning, as often as they are asked for.
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }

    /// Reads a message to its end, in constant memory.
    ///
    /// @throws Fault when it is none, or not one that can be answered
    /// @throws IOException when its bytes cannot be had
    public static StarMessage read(Source source) throws IOException, Fault {
        var handler = new SoapHandler();
        try (InputStream in = source.open()) {
            HardenedXml.read(in, handler);
        } catch (SoapHandler.Stopped e) {
            throw e.fault();
        } catch (SAXException e) {
            throw new Fault(
                    Fault.Code.CLIENT,
                    "The message is not XML as SOAP wants it, " + handler.place() + ": " + e.getMessage() + ".");
        }
        return handler.message(places(source, handler.parts()));
    }

    private static List<Markup.Place> places(Source source, List<SoapHandler.Part> parts) throws IOException {
        var wanted = new TreeSet<Long>();
        parts.forEach(part -> wanted.add(part.number()));
        if (wanted.isEmpty()) {
            return List.of();
        }
        try (InputStream in = source.open()) {
            Map<Long, Markup.Place> found = Markup.find(in, wanted);
            return new ArrayList<>(found.values());
        }
    }
}
