package aiguillage.hub.wss;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;

/// Reads the canonical form of what was signed, SignedInfo, and nothing behind it. For a message whose Security
/// header was read.
final class SignedInfo implements PartReader.Parts {

    private static final List<String> PLACE = List.of("soap:Header", "wsse:Security", "ds:Signature", "ds:SignedInfo");

    private final ByteArrayOutputStream form = new ByteArrayOutputStream();
    private final List<String> prefixes;

    /// @param prefixes written in the canonical form, even where unused
    SignedInfo(List<String> prefixes) {
        this.prefixes = prefixes;
    }

    byte[] form() {
        return form.toByteArray();
    }

    @Override
    public PartReader.@Nullable Form begins(List<String> path, Attributes attributes) {
        return path.subList(1, path.size()).equals(PLACE) ? new PartReader.Form(prefixes, form) : null;
    }

    @Override
    public void beginsWithin(Attributes attributes) {
        // The Security header was read before: what stands in it is known.
    }

    @Override
    public void commentWithin() {
        // It is no part of the form.
    }

    @Override
    public void ends() throws SAXException {
        throw new SecurityHandler.Done();
    }
}
