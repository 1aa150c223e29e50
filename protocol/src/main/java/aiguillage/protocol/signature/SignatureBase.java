package aiguillage.protocol.signature;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.StringItem;

/// The text that is signed (RFC 9421, 2.5): a line per component, then the list of components with its
/// parameters.
record SignatureBase(String text) {

    static final int CHARS_MAX = 64 * 1024;
    static final int COMPONENTS_MAX = 64;
    static final String PARAMETERS_LINE = "\"@signature-params\": ";

    static final String METHOD = "@method";
    static final String PATH = "@path";
    static final String CONTENT_DIGEST = "content-digest";
    static final String CONTENT_TYPE = "content-type";
    static final String ATTRIBUTE_PREFIX = "ce-";

    /// What every signed document covers, whatever else is there.
    private static final List<String> ALWAYS = List.of(
            METHOD,
            PATH,
            CONTENT_DIGEST,
            ATTRIBUTE_PREFIX + "id",
            ATTRIBUTE_PREFIX + "source",
            ATTRIBUTE_PREFIX + "type");

    /// Builds the base of a message.
    ///
    /// @param input the covered components with the signature's parameters, as sent
    /// @throws IllegalArgumentException when a component is missing in the message, named twice, or of a kind
    ///     that is not understood here
    static SignatureBase of(SignedMessage message, InnerList input) {
        var text = new StringBuilder(512);
        for (String name : covered(input)) {
            text.append('"')
                    .append(name)
                    .append("\": ")
                    .append(value(message, name))
                    .append('\n');
            if (text.length() > CHARS_MAX) {
                throw new IllegalArgumentException("what it covers has more than " + CHARS_MAX + " characters");
            }
        }
        return new SignatureBase(
                text.append(PARAMETERS_LINE).append(input.serialize()).toString());
    }

    /// The names of the covered components, in order.
    static List<String> covered(InnerList input) {
        if (input.get().size() > COMPONENTS_MAX) {
            throw new IllegalArgumentException("it covers more than " + COMPONENTS_MAX + " components");
        }
        List<String> names = new ArrayList<>();
        for (Item<?> item : input.get()) {
            if (!(item instanceof StringItem name) || !item.getParams().isEmpty()) {
                throw new IllegalArgumentException(
                        "it covers " + shown(item.serialize()) + "; only plain component names are understood here");
            }
            names.add(name.get());
        }
        if (new HashSet<>(names).size() != names.size()) {
            throw new IllegalArgumentException("it covers a component twice");
        }
        return names;
    }

    /// What a signature of this message has to cover, in the order in which we list it.
    static List<String> required(SignedMessage message) {
        Set<String> attributes = new TreeSet<>(ALWAYS);
        message.headers().keySet().stream()
                .filter(name -> name.startsWith(ATTRIBUTE_PREFIX) || name.equals(CONTENT_TYPE))
                .forEach(attributes::add);
        return List.copyOf(attributes);
    }

    private static String value(SignedMessage message, String name) {
        String value = switch (name) {
            case METHOD -> message.method();
            case PATH -> message.path();
            default -> message.headers().get(name);
        };
        if (value == null) {
            throw new IllegalArgumentException("it covers \"" + shown(name) + "\", which the message does not have");
        }
        String stripped = value.strip();
        if (!stripped.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("the value of " + shown(name) + " is not printable ASCII");
        }
        return stripped;
    }

    static String shown(String text) {
        return text.substring(0, Math.min(text.length(), 60)).replaceAll("[^ -~]", "?");
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
