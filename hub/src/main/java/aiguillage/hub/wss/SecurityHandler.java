package aiguillage.hub.wss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/// Reads a message's Security header, and nothing behind it. What may stand in it is listed here; all else is
/// refused: a second signature, a transform, something outside of the message. For one message.
final class SecurityHandler extends DefaultHandler {

    private static final String INFO = "ds:Signature/ds:SignedInfo/";
    private static final String REFERENCE = INFO + "ds:Reference";
    private static final String TRANSFORM = REFERENCE + "/ds:Transforms/ds:Transform";
    private static final String KEY = "ds:Signature/ds:KeyInfo/wsse:SecurityTokenReference/wsse:Reference";
    private static final String TOKEN = "wsse:BinarySecurityToken";
    private static final String CREATED = "wsu:Timestamp/wsu:Created";
    private static final String EXPIRES = "wsu:Timestamp/wsu:Expires";
    private static final String VALUE = "ds:Signature/ds:SignatureValue";
    private static final String DIGEST = REFERENCE + "/ds:DigestValue";
    private static final String CANONICAL = INFO + "ds:CanonicalizationMethod";
    private static final String PREFIXES = "/ec:InclusiveNamespaces";

    private static final Set<String> KNOWN = Set.of(
            TOKEN,
            "wsu:Timestamp",
            CREATED,
            EXPIRES,
            "ds:Signature",
            "ds:Signature/ds:SignedInfo",
            CANONICAL,
            CANONICAL + PREFIXES,
            INFO + "ds:SignatureMethod",
            REFERENCE,
            REFERENCE + "/ds:Transforms",
            TRANSFORM,
            TRANSFORM + PREFIXES,
            REFERENCE + "/ds:DigestMethod",
            DIGEST,
            VALUE,
            "ds:Signature/ds:KeyInfo",
            "ds:Signature/ds:KeyInfo/wsse:SecurityTokenReference",
            KEY);

    /// Header, within the envelope; Security within that.
    private static final int SECURITY_DEPTH = 2;

    private final List<String> path = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final StringBuilder text = new StringBuilder();
    private final List<SecurityHeader.Reference> references = new ArrayList<>();
    private @Nullable String created;
    private @Nullable String expires;
    private @Nullable String tokenType;
    private @Nullable String tokenId;
    private byte @Nullable [] token;
    private byte @Nullable [] value;
    private @Nullable String method;
    private @Nullable String key;
    private List<String> prefixes = List.of();
    private String id = "";
    private String digestMethod = "";
    private byte @Nullable [] digest;
    private List<String> referencePrefixes = List.of();
    private int chars;

    /// There is nothing more to read.
    static final class Done extends SAXException {
        private static final long serialVersionUID = 1;
    }

    /// What the header says.
    ///
    /// @return empty when the message has none
    /// @throws BadSignature when something of it is missing
    Optional<SecurityHeader> header() throws BadSignature {
        if (!seen.contains("")) {
            return Optional.empty();
        }
        if (token == null || tokenType == null || value == null || method == null || references.isEmpty()) {
            throw new BadSignature("A signed message has a BinarySecurityToken with the signer's certificate, a"
                    + " Signature with SignedInfo and SignatureValue, and at least one Reference.");
        }
        if (created == null) {
            throw new BadSignature(
                    "The Security header has no Timestamp: without one nobody knows when it was signed.");
        }
        if (key == null || !key.equals("#" + tokenId)) {
            throw new BadSignature("KeyInfo must refer to the BinarySecurityToken of the message"
                    + " (SecurityTokenReference, Reference): a direct reference.");
        }
        return Optional.of(new SecurityHeader(created, expires, tokenType, token, prefixes, method, references, value));
    }

    @Override
    public void startElement(String uri, String name, String qName, Attributes attributes) throws SAXException {
        String known = Names.of(uri, name);
        int depth = path.size();
        path.add(known);
        if (depth == 1 && !known.equals("soap:Header")) {
            throw new Done();
        }
        if (depth < SECURITY_DEPTH || !path.get(SECURITY_DEPTH).equals("wsse:Security")) {
            return;
        }
        chars += qName.length();
        for (int i = 0; i < attributes.getLength(); i++) {
            chars += attributes.getQName(i).length() + attributes.getValue(i).length();
        }
        if (chars > SignatureCheck.HEADER_CHARS_MAX) {
            throw tooLarge();
        }
        String place = String.join("/", path.subList(SECURITY_DEPTH + 1, path.size()));
        requireForUs(place, attributes);
        if (!place.isEmpty() && !KNOWN.contains(place)) {
            throw new SAXException(new BadSignature("The Security header has " + place
                    + ", which is not read here: one certificate, one timestamp, one signature by direct references."));
        }
        if (!seen.add(place)) {
            throw new SAXException(new BadSignature(
                    place.isEmpty()
                            ? "The message has more than one Security header."
                            : "The Security header has more than one " + place + "."));
        }
        text.setLength(0);
        begins(place, attributes);
    }

    private static void requireForUs(String place, Attributes attributes) throws SAXException {
        String actor = attributes.getValue(Names.SOAP, "actor");
        if (place.isEmpty() && actor != null && !actor.equals(Names.NEXT)) {
            throw new SAXException(new BadSignature("The Security header is meant for the actor " + actor + "."));
        }
    }

    private static SAXException tooLarge() {
        return new SAXException(new BadSignature(
                "The Security header has more than " + SignatureCheck.HEADER_CHARS_MAX + " characters."));
    }

    private void begins(String place, Attributes attributes) throws SAXException {
        switch (place) {
            case TOKEN -> {
                tokenId = attributes.getValue(Names.WSU, "Id");
                tokenType = attributes.getValue("ValueType");
            }
            case CANONICAL -> requireExclusive(attributes, "CanonicalizationMethod");
            case CANONICAL + PREFIXES -> prefixes = prefixes(attributes);
            case INFO + "ds:SignatureMethod" -> {
                method = algorithm(attributes);
                if (!Algorithms.isSignature(method)) {
                    throw unknown("signed with", method);
                }
            }
            case REFERENCE -> {
                String to = attributes.getValue("URI");
                if (to == null || to.length() < 2 || to.charAt(0) != '#') {
                    throw new SAXException(
                            new BadSignature("A Reference of the signature is not to an element of this message by its"
                                    + " Id, as in #body."));
                }
                id = to.substring(1);
                digestMethod = "";
                digest = null;
                referencePrefixes = List.of();
            }
            case TRANSFORM -> requireExclusive(attributes, "Transform");
            case TRANSFORM + PREFIXES -> referencePrefixes = prefixes(attributes);
            case REFERENCE + "/ds:DigestMethod" -> {
                digestMethod = algorithm(attributes);
                if (Algorithms.digest(digestMethod).isEmpty()) {
                    throw unknown("digested with", digestMethod);
                }
            }
            case KEY -> key = attributes.getValue("URI");
            default -> {}
        }
    }

    private static String algorithm(Attributes attributes) {
        String algorithm = attributes.getValue("Algorithm");
        return algorithm == null ? "" : algorithm;
    }

    private static SAXException unknown(String how, String algorithm) {
        return new SAXException(new BadSignature("It is " + how + " " + algorithm
                + ", which is not accepted: RSA or ECDSA with SHA-256, SHA-384 or SHA-512 are."));
    }

    private static void requireExclusive(Attributes attributes, String what) throws SAXException {
        if (!algorithm(attributes).equals(Names.EXCLUSIVE)) {
            throw new SAXException(new BadSignature("A " + what + " is " + algorithm(attributes)
                    + ": exclusive canonicalization (" + Names.EXCLUSIVE + ") is the only one."));
        }
    }

    private static List<String> prefixes(Attributes attributes) throws SAXException {
        String list = attributes.getValue("PrefixList");
        if (list == null || list.isBlank()) {
            return List.of();
        }
        String[] prefixes = list.strip().split("\\s+", SignatureCheck.PREFIXES_MAX + 1);
        if (prefixes.length > SignatureCheck.PREFIXES_MAX) {
            throw new SAXException(
                    new BadSignature("A PrefixList has more than " + SignatureCheck.PREFIXES_MAX + " prefixes."));
        }
        return Arrays.stream(prefixes)
                .map(prefix -> prefix.equals("#default") ? "" : prefix)
                .distinct()
                .toList();
    }

    @Override
    public void characters(char[] characters, int start, int length) throws SAXException {
        if (path.size() > SECURITY_DEPTH && path.get(SECURITY_DEPTH).equals("wsse:Security")) {
            chars += length;
            if (chars > SignatureCheck.HEADER_CHARS_MAX) {
                throw tooLarge();
            }
            text.append(characters, start, length);
        }
    }

    @Override
    public void endElement(String uri, String name, String qName) throws SAXException {
        if (path.size() > SECURITY_DEPTH && path.get(SECURITY_DEPTH).equals("wsse:Security")) {
            ends(String.join("/", path.subList(SECURITY_DEPTH + 1, path.size())));
        }
        path.removeLast();
    }

    private void ends(String place) throws SAXException {
        String said = text.toString().strip();
        switch (place) {
            case CREATED -> created = said;
            case EXPIRES -> expires = said;
            case TOKEN -> token = bytes(said);
            case VALUE -> value = bytes(said);
            case DIGEST -> digest = bytes(said);
            case REFERENCE -> refers();
            default -> {}
        }
    }

    private void refers() throws SAXException {
        if (digest == null || digestMethod.isEmpty() || !seen.contains(TRANSFORM)) {
            throw new SAXException(new BadSignature("Reference #" + id
                    + " has not all of: the transform of exclusive canonicalization, DigestMethod, DigestValue."));
        }
        if (references.size() == SignatureCheck.REFERENCES_MAX) {
            throw new SAXException(
                    new BadSignature("The signature has more than " + SignatureCheck.REFERENCES_MAX + " references."));
        }
        references.add(new SecurityHeader.Reference(id, referencePrefixes, digestMethod, digest));
        seen.removeIf(place -> place.startsWith(REFERENCE)); // the next has its own
    }

    private static byte[] bytes(String base64) throws SAXException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new SAXException(new BadSignature("Something in the Security header is no base64."));
        }
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXException {
        throw e;
    }
}
