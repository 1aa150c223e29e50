package aiguillage.hub.wss;

import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;

/// Goes through a whole message and makes the digests of its parts. A part is known by where it stands, and
/// only then by its Id: *the* body, a block of *the* header, and of the Security header timestamp and token. So
/// nothing that was moved is taken for what it was, whatever its name. For one message.
final class Digests implements PartReader.Parts {

    private static final int IN_ENVELOPE = 1;
    private static final int IN_HEADER = 2;
    private static final int IN_SECURITY = 3;
    private static final String SECURITY = "wsse:Security";

    private final Map<String, Wanted> wanted;
    private final boolean refusesComments;
    private final List<String> inEnvelope = new ArrayList<>();
    private final Map<String, byte[]> found = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<Part> covered = EnumSet.noneOf(Part.class);
    private @Nullable MessageDigest digest;
    private String id = "";

    /// What a part is, by where it stands.
    enum Part {
        BODY,
        BLOCK,
        TIMESTAMP,
        TOKEN
    }

    /// How a part's digest is made.
    record Wanted(List<String> prefixes, MessageDigest digest) {}

    /// @param wanted by Id
    /// @param refusesComments in parts: the canonical form is without them, so that anybody can add some
    Digests(Map<String, Wanted> wanted, boolean refusesComments) {
        this.wanted = wanted;
        this.refusesComments = refusesComments;
    }

    /// The digest of the part with this Id, or null when no part has it.
    byte @Nullable [] digest(String of) {
        return found.get(of);
    }

    /// Whether there is a part of this kind of which a digest was wanted.
    boolean covers(Part part) {
        return covered.contains(part);
    }

    /// Whether the envelope has one header and then one body, and nothing else.
    boolean isWellBuilt() {
        return inEnvelope.equals(List.of("soap:Envelope", "soap:Header", "soap:Body"));
    }

    @Override
    public PartReader.@Nullable Form begins(List<String> path, Attributes attributes) throws SAXException {
        int depth = path.size() - 1;
        if (depth <= IN_ENVELOPE) {
            inEnvelope.add(path.get(depth));
            if (inEnvelope.size() > 3) {
                throw bad("The envelope has more than a Header and a Body.");
            }
        }
        Part part = part(path);
        String own = attributes.getValue(Names.WSU, "Id");
        Wanted how = own == null ? null : wanted.get(own);
        if (own == null || how == null) {
            if (part == Part.BODY || part == Part.BLOCK) {
                throw bad("The signature does not cover " + path.get(depth) + " of the message's "
                        + (part == Part.BODY ? "envelope." : "header."));
            }
            return null;
        }
        if (part == null) {
            throw bad("What has the Id " + own + " stands where nothing signed stands: body,"
                    + " header blocks and the Security header's timestamp and token can be signed.");
        }
        if (!ids.add(own)) {
            throw twice(own);
        }
        covered.add(part);
        id = own;
        digest = how.digest();
        return new PartReader.Form(how.prefixes(), into(how.digest()));
    }

    private static SAXException bad(String message) {
        return new SAXException(new BadSignature(message));
    }

    private static SAXException twice(String id) {
        return bad("Two elements of the message have the Id " + id + ".");
    }

    /// What an element is, by where it stands; null: nothing that may be signed.
    private static @Nullable Part part(List<String> path) {
        int depth = path.size() - 1;
        String name = path.getLast();
        if (depth == IN_ENVELOPE) {
            return name.equals("soap:Body") ? Part.BODY : null;
        }
        if (depth < IN_HEADER || !path.get(IN_ENVELOPE).equals("soap:Header")) {
            return null;
        }
        if (depth == IN_HEADER) {
            return name.equals(SECURITY) ? null : Part.BLOCK;
        }
        if (depth > IN_SECURITY || !path.get(IN_HEADER).equals(SECURITY)) {
            return null;
        }
        return switch (name) {
            case "wsu:Timestamp" -> Part.TIMESTAMP;
            case "wsse:BinarySecurityToken" -> Part.TOKEN;
            default -> null;
        };
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

    @Override
    public void beginsWithin(Attributes attributes) throws SAXException {
        String own = attributes.getValue(Names.WSU, "Id");
        if (own != null && wanted.containsKey(own)) {
            throw twice(own);
        }
    }

    @Override
    public void ends() {
        found.put(id, Objects.requireNonNull(digest).digest());
    }

    @Override
    public void commentWithin() throws SAXException {
        if (refusesComments) {
            throw bad("A comment stands in what is signed. The signature does not cover comments: send it without.");
        }
    }
}
