package aiguillage.hub.as4;

import aiguillage.hub.as4.As4Message.Errors;
import aiguillage.hub.as4.As4Message.Part;
import aiguillage.hub.as4.As4Message.PullRequest;
import aiguillage.hub.as4.As4Message.Receipt;
import aiguillage.hub.as4.As4Message.Reported;
import aiguillage.hub.as4.As4Message.UserMessage;
import aiguillage.protocol.Rfc3339;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/// Reads `eb:Messaging` (ebMS 3.0 core, 5.2).
final class Header {

    /// Of each kind of thing that a message lists: properties, parts, errors, signed parts.
    static final int LISTED_MAX = 64;

    static final int ID_CHARS_MAX = 255;

    private Header() {}

    static As4Message read(Element messaging) throws As4Fault {
        List<Element> units = Nodes.children(messaging);
        if (units.size() != 1) {
            throw new As4Fault(
                    EbmsError.INVALID_HEADER,
                    "Messaging holds " + units.size()
                            + " messages: send each by itself, one UserMessage or SignalMessage.");
        }
        Element unit = units.getFirst();
        if (Names.is(unit, Names.EBMS, "UserMessage")) {
            return userMessage(unit);
        }
        if (Names.is(unit, Names.EBMS, "SignalMessage")) {
            return signal(unit);
        }
        throw new As4Fault(EbmsError.INVALID_HEADER, "Messaging holds neither a UserMessage nor a SignalMessage.");
    }

    private static UserMessage userMessage(Element unit) throws As4Fault {
        Element info = Nodes.one(unit, Names.EBMS, "MessageInfo");
        Element parties = Nodes.one(unit, Names.EBMS, "PartyInfo");
        Element business = Nodes.one(unit, Names.EBMS, "CollaborationInfo");
        return new UserMessage(
                id(info, "MessageId"),
                time(Nodes.text(info, Names.EBMS, "Timestamp")),
                Nodes.textOrNull(info, Names.EBMS, "RefToMessageId"),
                party(parties, "From"),
                party(parties, "To"),
                Nodes.text(business, Names.EBMS, "Service"),
                Nodes.text(business, Names.EBMS, "Action"),
                Nodes.text(business, Names.EBMS, "ConversationId"),
                mpc(unit),
                properties(Nodes.oneOrNone(unit, Names.EBMS, "MessageProperties")),
                parts(Nodes.oneOrNone(unit, Names.EBMS, "PayloadInfo")));
    }

    private static String id(Element info, String name) throws As4Fault {
        String id = Nodes.text(info, Names.EBMS, name);
        if (id.isEmpty() || id.length() > ID_CHARS_MAX) {
            throw new As4Fault(
                    EbmsError.INVALID_HEADER,
                    name + " has " + id.length() + " characters; 1 to " + ID_CHARS_MAX + " are taken.");
        }
        return id;
    }

    /// `xsd:dateTime`; without an offset it is UTC, as AS4 says it must be.
    private static Instant time(String text) throws As4Fault {
        try {
            return Rfc3339.instant(text);
        } catch (DateTimeException withoutOffset) {
            try {
                return Rfc3339.require(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
            } catch (DateTimeException e) {
                throw new As4Fault(
                        EbmsError.INVALID_HEADER, "Timestamp is no xsd:dateTime, as in 2026-03-17T08:41:22Z.");
            }
        }
    }

    private static String party(Element parties, String end) throws As4Fault {
        String id = Nodes.text(Nodes.one(parties, Names.EBMS, end), Names.EBMS, "PartyId");
        if (id.isEmpty()) {
            throw new As4Fault(EbmsError.INVALID_HEADER, end + " has an empty PartyId.");
        }
        return id;
    }

    private static @Nullable String mpc(Element unit) {
        return unit.hasAttribute("mpc") ? Nodes.attribute(unit, "mpc").strip() : null;
    }

    private static Map<String, String> properties(@Nullable Element list) throws As4Fault {
        Map<String, String> properties = new LinkedHashMap<>();
        if (list != null) {
            for (Element property : bounded(Nodes.children(list, Names.EBMS, "Property"))) {
                if (properties.put(Nodes.attribute(property, "name"), Nodes.text(property)) != null) {
                    throw new As4Fault(
                            EbmsError.INVALID_HEADER,
                            "Property " + Nodes.attribute(property, "name") + " stands twice in " + list.getLocalName()
                                    + ".");
                }
            }
        }
        return properties;
    }

    private static List<Part> parts(@Nullable Element list) throws As4Fault {
        List<Part> parts = new ArrayList<>();
        if (list != null) {
            for (Element part : bounded(Nodes.children(list, Names.EBMS, "PartInfo"))) {
                parts.add(new Part(
                        Nodes.attribute(part, "href").strip(),
                        properties(Nodes.oneOrNone(part, Names.EBMS, "PartProperties"))));
            }
        }
        return parts;
    }

    private static List<Element> bounded(List<Element> listed) throws As4Fault {
        if (listed.size() > LISTED_MAX) {
            throw new As4Fault(
                    EbmsError.INVALID_HEADER,
                    "There are " + listed.size() + " of " + listed.getFirst().getLocalName() + "; at most " + LISTED_MAX
                            + " are taken.");
        }
        return listed;
    }

    private static As4Message signal(Element unit) throws As4Fault {
        Element info = Nodes.one(unit, Names.EBMS, "MessageInfo");
        String id = id(info, "MessageId");
        Element pull = Nodes.oneOrNone(unit, Names.EBMS, "PullRequest");
        if (pull != null) {
            return new PullRequest(id, mpc(pull));
        }
        Element receipt = Nodes.oneOrNone(unit, Names.EBMS, "Receipt");
        if (receipt != null) {
            return new Receipt(id, id(info, "RefToMessageId"), digests(receipt));
        }
        List<Element> errors = bounded(Nodes.children(unit, Names.EBMS, "Error"));
        if (errors.isEmpty()) {
            throw new As4Fault(
                    EbmsError.INVALID_HEADER, "SignalMessage holds no PullRequest, no Receipt and no Error.");
        }
        String about = Nodes.textOrNull(info, Names.EBMS, "RefToMessageId");
        List<Reported> reported = new ArrayList<>();
        for (Element error : errors) {
            reported.add(reported(error, about == null ? "" : about));
        }
        return new Errors(id, reported);
    }

    private static Reported reported(Element error, String about) throws As4Fault {
        String named = Nodes.attribute(error, "refToMessageInError").strip();
        String description = Nodes.textOrNull(error, Names.EBMS, "Description");
        String detail = Nodes.children(error, Names.EBMS, "ErrorDetail").stream()
                .findFirst()
                .map(Nodes::text)
                .orElse("");
        return new Reported(
                Nodes.attribute(error, "errorCode").strip(),
                !Nodes.attribute(error, "severity").strip().equalsIgnoreCase("warning"),
                named.isEmpty() ? about : named,
                description == null ? Nodes.attribute(error, "shortDescription") : description,
                detail);
    }

    private static Map<String, byte[]> digests(Element receipt) throws As4Fault {
        Element information = Nodes.oneOrNone(receipt, Names.SIGNALS, "NonRepudiationInformation");
        Map<String, byte[]> digests = new LinkedHashMap<>();
        if (information != null) {
            for (Element part : bounded(Nodes.children(information, Names.SIGNALS, "MessagePartNRInformation"))) {
                Element reference = Nodes.one(part, Names.DS, "Reference");
                Element method = Nodes.one(reference, Names.DS, "DigestMethod");
                if (Nodes.attribute(method, "Algorithm").equals(Names.SHA256)) {
                    digests.put(
                            Nodes.attribute(reference, "URI"),
                            Nodes.base64(Nodes.one(reference, Names.DS, "DigestValue")));
                }
            }
        }
        return digests;
    }
}
