package aiguillage.hub.schema;

import aiguillage.xml.XmlLimits;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Says in plain words what Xerces reports. Its messages in English are taken apart by their codes; one that is not
/// known here is passed on as it is, without its namespaces.
final class XmlSentences {

    static final String ENCODING = "Here are bytes that are no characters in the document's encoding. It is UTF-8"
            + " unless the first line says otherwise: write there the encoding in which the document was saved.";

    private static final Pattern CODE =
            Pattern.compile("((?:cvc|sch|src|cos|ct)-[A-Za-z0-9._-]*[A-Za-z0-9]): (.*)", Pattern.DOTALL);
    private static final Pattern NAMESPACE = Pattern.compile("\\{?\"[^\"]*\":([^,}{\"']+)}?");
    private static final Pattern BRACES = Pattern.compile("'\\{([^}']*)}'");

    /// What follows a fault of the value and only repeats it, naming the element or the attribute.
    private static final List<String> REPEATING = List.of("cvc-type.3.1.3", "cvc-complex-type.2.2", "cvc-attribute.3");

    private static final Pattern ATTRIBUTE = Pattern.compile("attribute '([^']*)' on element");

    private static final List<Plain> SCHEMA = List.of(
            plain(
                    "cvc-elt.1.a",
                    "Cannot find the declaration of element '(.*)'.",
                    "The schema does not know the element $1. Check its spelling and its namespace."),
            plain(
                    "cvc-complex-type.2.4.a",
                    "Invalid content .* element '(.*?)'. One of '(.*)' is expected.",
                    "$1 stands where $2 is expected: something before it is missing, or the order is wrong."),
            plain(
                    "cvc-complex-type.2.4.b",
                    "The content of element '(.*?)' is not complete. One of '(.*)' is expected.",
                    "$1 ends too early: $2 is expected before its end."),
            plain(
                    "cvc-complex-type.2.4.c",
                    ".* element '(.*)'.",
                    "The schema does not know the element $1, and unknown ones are not allowed here."),
            plain(
                    "cvc-complex-type.2.4.d",
                    "Invalid content .* element '(.*?)'. .*",
                    "$1 is not allowed here: nothing more is expected inside this element."),
            plain(
                    "cvc-complex-type.2.4.e",
                    "'(.*?)' can occur a maximum of '(.*?)' times.*one of '(.*)' is expected.",
                    "$1 occurs more than $2 times; here $3 is expected."),
            plain(
                    "cvc-complex-type.2.4.f",
                    "'(.*?)' can occur a maximum of '(.*?)' times.*",
                    "$1 occurs more than $2 times; nothing more is expected here."),
            plain(
                    "cvc-complex-type.2.4.[gh]",
                    "Invalid content .* element '(.*?)'. '(.*?)' is expected to occur a minimum of '(.*?)' times.*",
                    "$1 stands where $2 is expected, which must occur at least $3 times."),
            plain(
                    "cvc-complex-type.2.4.[ij]",
                    "The content of element '(.*?)' is not complete. '(.*?)' .* a minimum of '(.*?)' times.*",
                    "$1 ends too early: $2 must occur at least $3 times."),
            plain("cvc-complex-type.2.1", "Element '(.*?)' must have no .*", "$1 must be empty."),
            plain(
                    "cvc-complex-type.2.3",
                    "Element '(.*?)' cannot have .*",
                    "$1 may hold elements only, no text between them."),
            plain(
                    "cvc-complex-type.3.2.2",
                    "Attribute '(.*?)' is not allowed to appear in element '(.*)'.",
                    "The attribute $1 is not allowed on $2."),
            plain(
                    "cvc-complex-type.4",
                    "Attribute '(.*?)' .*must appear on element '(.*)'.",
                    "The attribute $1 is missing on $2."),
            plain(
                    "cvc-datatype-valid.1.2.[123]",
                    "'(.*)' is not a valid value (?:for|of .* type) '(.*)'.",
                    "$Q1 is not a correct $2."),
            plain(
                    "cvc-enumeration-valid",
                    "Value '(.*)' is not facet-valid with respect to enumeration '(.*)'. It must .*",
                    "$Q1 is not one of the values allowed here: $2."),
            plain(
                    "cvc-pattern-valid",
                    "Value '(.*)' is not facet-valid with respect to pattern '(.*)' for type '(.*?)'.",
                    "$Q1 does not have the form expected here, $2."),
            plain(
                    "cvc-length-valid",
                    "Value '(.*)' with length = '(.*?)' is not facet-valid with respect to length '(.*?)' for .*",
                    "$Q1 has $2 characters; exactly $3 are expected."),
            plain(
                    "cvc-minLength-valid",
                    "Value '(.*)' with length = '(.*?)' is not facet-valid with respect to minLength '(.*?)' for .*",
                    "$Q1 has $2 characters; at least $3 are expected."),
            plain(
                    "cvc-maxLength-valid",
                    "Value '(.*)' with length = '(.*?)' is not facet-valid with respect to maxLength '(.*?)' for .*",
                    "$Q1 has $2 characters; at most $3 are allowed."),
            plain(
                    "cvc-minInclusive-valid",
                    "Value '(.*)' is not facet-valid with respect to minInclusive '(.*?)' for .*",
                    "$Q1 is too small; at least $2 is expected."),
            plain(
                    "cvc-maxInclusive-valid",
                    "Value '(.*)' is not facet-valid with respect to maxInclusive '(.*?)' for .*",
                    "$Q1 is too large; at most $2 is allowed."),
            plain(
                    "cvc-minExclusive-valid",
                    "Value '(.*)' is not facet-valid with respect to minExclusive '(.*?)' for .*",
                    "$Q1 is too small; more than $2 is expected."),
            plain(
                    "cvc-maxExclusive-valid",
                    "Value '(.*)' is not facet-valid with respect to maxExclusive '(.*?)' for .*",
                    "$Q1 is too large; less than $2 is expected."),
            plain(
                    "cvc-(?:total|fraction)Digits-valid",
                    "Value '(.*)' has (.*?) (.*?) digits, but .* limited to (.*).",
                    "$Q1 has $2 $3 digits; at most $4 are allowed."),
            plain("cvc-id.1", ".* IDREF '(.*)'.", "$Q1 refers to an ID that is not in this document."),
            plain("cvc-id.2", ".* ID value '(.*)'.", "The ID $Q1 occurs more than once."));

    private static final List<Plain> READER = List.of(
            plain(
                    "xml-doctype",
                    "DOCTYPE is disallowed.*|.*JAXP00010008.*",
                    "The document has a DOCTYPE. That is refused, since a DOCTYPE can make a reader fetch files or grow"
                            + " without end. Leave it out."),
            plain(
                    "xml-limit",
                    "JAXP00010002.*",
                    "An element has more than " + XmlLimits.ATTRIBUTES_MAX + " attributes."),
            plain("xml-limit", "JAXP00010006.*", "Elements are nested more than " + XmlLimits.DEPTH_MAX + " deep."),
            plain("xml-limit", "JAXP00010005.*", "A name has more than " + XmlLimits.NAME_CHARS_MAX + " characters."),
            plain("xml-limit", "JAXP\\d+: *(.*)", "The document exceeds a limit. $1"),
            plain(
                    "xml-truncated",
                    "XML document structures must start and end within the same entity.|Premature end of file."
                            + "|.* must end with .*",
                    "The document ends too early, or a tag is not closed. Send it again, whole."),
            plain(
                    "xml-encoding",
                    "Invalid encoding name (.*)\\.|The encoding (.*) is not supported.*|.*byte order.*",
                    "The encoding in the first line is not known. Use UTF-8."),
            plain("xml-encoding", "Invalid byte .* UTF-8 sequence\\.|.*illegal in that encoding\\.", ENCODING),
            plain(
                    "xml-not-well-formed",
                    "Content is not allowed in prolog.",
                    "This is not XML: something else stands before the first tag."),
            plain(
                    "xml-not-well-formed",
                    "The element type \"(.*?)\" must be terminated by .*",
                    "$1 is not closed: its end tag </$1> is expected here."),
            plain(
                    "xml-not-well-formed",
                    "The prefix \"(.*?)\" for (?:element|attribute) \"(.*?)\".* is not bound.",
                    "The prefix $1 of $2 is not declared: add xmlns:$1=\"…\" to the root element."),
            plain(
                    "xml-not-well-formed",
                    "An invalid XML character \\(Unicode: 0x(.*?)\\).*",
                    "The character U+$1 is not allowed in XML. Leave it out."));

    private XmlSentences() {}

    /// @param repeatsTheOneBefore it only says again that the value reported just before is wrong
    /// @param attribute the attribute whose value that was
    record Said(String code, String sentence, boolean repeatsTheOneBefore, Optional<String> attribute) {}

    /// A message of the validator.
    static Said ofSchema(String message) {
        Matcher parts = CODE.matcher(message);
        if (!parts.matches()) {
            return ofReader(message);
        }
        String code = parts.group(1);
        String text = withoutNamespaces(parts.group(2));
        Matcher attribute = ATTRIBUTE.matcher(text);
        return new Said(
                code,
                SCHEMA.stream()
                        .filter(plain -> plain.code().matcher(code).matches())
                        .flatMap(plain -> plain.say(text).stream())
                        .findFirst()
                        .orElse(text),
                REPEATING.contains(code),
                attribute.find() ? Optional.of(attribute.group(1)) : Optional.empty());
    }

    /// A message of the reader, which has no code.
    static Said ofReader(String message) {
        for (Plain plain : READER) {
            Optional<String> sentence = plain.say(message);
            if (sentence.isPresent()) {
                return new Said(plain.code().pattern(), sentence.get(), false, Optional.empty());
            }
        }
        return new Said("xml-not-well-formed", "This is not well-formed XML: " + message, false, Optional.empty());
    }

    private static String withoutNamespaces(String text) {
        String names = NAMESPACE.matcher(text).replaceAll("$1");
        return BRACES.matcher(names).replaceAll("'$1'");
    }

    private static Plain plain(String code, String message, String sentence) {
        return new Plain(Pattern.compile(code), Pattern.compile(message, Pattern.DOTALL), sentence);
    }

    /// @param sentence `$1` to `$4` stand for the groups of the message, `$Q1` for the first as a quotation
    private record Plain(Pattern code, Pattern message, String sentence) {

        Optional<String> say(String text) {
            Matcher matcher = message.matcher(text);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            String said = sentence;
            // Last group first: what comes from the document is put in after what comes from the schema.
            for (int group = matcher.groupCount(); group >= 1; group--) {
                String value = matcher.group(group) == null ? "" : matcher.group(group);
                said = said.replace("$Q" + group, Fault.quoted(value)).replace("$" + group, value);
            }
            return Optional.of(said);
        }
    }
}
