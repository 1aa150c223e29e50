package aiguillage.hub.wss;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/// Goes through a whole message and makes the digests of its parts, in constant memory. A part is known by
/// where it stands, and only then by its Id: body, header blocks, and of the Security header timestamp, token
/// and what was signed. So nothing that was moved is taken for what it was. For one message.
final class Digests extends DefaultHandler {

    private static final int HEADER_BLOCK = 2;
    private static final String SIGNED_INFO = "wsse:Security/ds:Signature/ds:SignedInfo";

    private final Map<String, Wanted> wanted;
    private final List<String> infoPrefixes;
    private final OutputStream info;
    private final List<String> path = new ArrayList<>();
    private final List<String> inEnvelope = new ArrayList<>();
    private final Map<String, Deque<String>> scope = new HashMap<>();
    private final Deque<List<String>> declaredBy = new ArrayDeque<>();
    private final Map<String, byte[]> found = new HashMap<>();
    private final Map<String, String> placeById = new HashMap<>();
    private final Set<String> blocksWithoutId = new HashSet<>();
    private List<String> declaring = new ArrayList<>();
    private @Nullable Canonical canonical;
    private @Nullable MessageDigest digest;
    private String id = "";
    private int canonicalDepth;

    /// How a part's digest is made.
    record Wanted(List<String> prefixes, MessageDigest digest) {}

    /// @param wanted by Id
    /// @param infoPrefixes of what was signed
    /// @param info gets the canonical form of what was signed
    Digests(Map<String, Wanted> wanted, List<String> infoPrefixes, OutputStream info) {
        this.wanted = wanted;
        this.infoPrefixes = infoPrefixes;
        this.info = info;
    }

    /// The digest of the part with this Id, or null when no part has it.
    byte @Nullable [] digest(String of) {
        return found.get(of);
    }

    /// The Id of the part that stands there, as in `soap:Body` or `wsse:Security/wsu:Timestamp`; null when
    /// there is none, or it has no Id that is wanted.
    @Nullable
    String idAt(String place) {
        return placeById.entrySet().stream()
                .filter(entry -> entry.getValue().equals(place))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /// Header blocks, the Security header apart, of which no digest was wanted.
    Set<String> unsignedBlocks() {
        return blocksWithoutId;
    }

    /// Whether the envelope has one header and then one body, and nothing else.
    boolean isWellBuilt() {
        return inEnvelope.equals(List.of("soap:Envelope", "soap:Header", "soap:Body"));
    }

    @Override
    public void startPrefixMapping(String prefix, String uri) {
        declaring.add(prefix);
        scope.computeIfAbsent(prefix, _ -> new ArrayDeque<>()).push(uri);
    }

    @Override
    public void startElement(String uri, String name, String qName, Attributes attributes) throws SAXException {
        declaredBy.push(declaring);
        declaring = new ArrayList<>();
        int depth = path.size();
        path.add(canonical == null ? Names.of(uri, name) : "");
        if (depth <= 1) {
            inEnvelope.add(path.get(depth));
            if (inEnvelope.size() > 3) {
                throw new SAXException(new BadSignature("The envelope has more than a Header and a Body."));
            }
        }
        String own = attributes.getValue(Names.WSU, "Id");
        if (canonical == null) {
            begins(place(depth), own);
        } else if (own != null && wanted.containsKey(own)) {
            throw twice(own);
        }
        write(to -> to.begin(qName, attributes));
    }

    private static SAXException twice(String id) {
        return new SAXException(new BadSignature("Two elements of the message have the Id " + id + "."));
    }

    /// Where an element stands, if it is one that may be signed; else empty.
    private String place(int depth) {
        if (depth == 1 && path.get(1).equals("soap:Body")) {
            return "soap:Body";
        }
        if (depth < HEADER_BLOCK || !path.get(1).equals("soap:Header")) {
            return "";
        }
        String place = String.join("/", path.subList(HEADER_BLOCK, path.size()));
        boolean isPart = depth == HEADER_BLOCK
                ? !place.equals("wsse:Security")
                : place.equals("wsse:Security/wsu:Timestamp")
                        || place.equals("wsse:Security/wsse:BinarySecurityToken")
                        || place.equals(SIGNED_INFO);
        return isPart ? place : "";
    }

    private void begins(String place, @Nullable String own) throws SAXException {
        Wanted how = own == null ? null : wanted.get(own);
        if (place.equals(SIGNED_INFO)) {
            canonical = new Canonical(scope, infoPrefixes, info);
            digest = null;
        } else if (own != null && how != null && !place.isEmpty()) {
            if (placeById.put(own, place) != null) {
                throw twice(own);
            }
            canonical = new Canonical(scope, how.prefixes(), into(how.digest()));
            digest = how.digest();
            id = own;
        } else if (how != null) {
            throw new SAXException(
                    new BadSignature("What has the Id " + own + " stands where nothing signed stands: body,"
                            + " header blocks and the Security header's timestamp and token can be signed."));
        } else if (path.size() == HEADER_BLOCK + 1 && !place.isEmpty()) {
            blocksWithoutId.add(place);
            if (blocksWithoutId.size() > SignatureCheck.REFERENCES_MAX) {
                throw new SAXException(new BadSignature("The signature does not cover all blocks of the header."));
            }
        }
        canonicalDepth = path.size();
    }

    private static OutputStream into(MessageDigest digest) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                digest.update((byte) b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                digest.update(bytes, offset, length);
            }
        };
    }

    @FunctionalInterface
    private interface Step {
        void write(Canonical to) throws IOException;
    }

    private void write(Step step) throws SAXException {
        if (canonical != null) {
            try {
                step.write(canonical);
            } catch (IOException e) {
                throw new SAXException(e);
            }
        }
    }

    @Override
    public void characters(char[] text, int start, int length) throws SAXException {
        write(to -> to.text(text, start, length));
    }

    @Override
    public void processingInstruction(String target, String data) throws SAXException {
        write(to -> to.instruction(target, data));
    }

    @Override
    public void endElement(String uri, String name, String qName) throws SAXException {
        write(to -> to.end(qName));
        if (canonical != null && path.size() == canonicalDepth) {
            if (digest != null) {
                found.put(id, digest.digest());
            }
            canonical = null;
        }
        path.removeLast();
        for (String prefix : declaredBy.pop()) {
            scope.computeIfPresent(prefix, (_, all) -> {
                all.pop();
                return all.isEmpty() ? null : all;
            });
        }
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXException {
        throw e;
    }
}
