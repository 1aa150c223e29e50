package aiguillage.hub.star;

import aiguillage.hub.problem.FieldFault;
import aiguillage.hub.star.SoapText.Trouble;
import aiguillage.hub.star.StarMessage.Area;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// STAR's way to say that a BOD was refused, field by field (ConfirmBOD, STAR 5.5.4 and OAGIS 9).
///
/// @param id its own name
/// @param hub who refuses
/// @param sender whose BOD it was
/// @param original what that said of itself; null when nothing is known
public record ConfirmBod(
        String id,
        Instant time,
        String hub,
        String sender,
        @Nullable Area original,
        Trouble trouble) {

    /// The namespace of STAR's BODs.
    public static final String NAMESPACE = "http://www.starstandard.org/STAR/5";

    /// The name of its document element.
    public static final String ELEMENT = "ConfirmBOD";

    /// As XML, without a declaration.
    public String xml() {
        var text = new StringBuilder(
                "<ConfirmBOD xmlns=\"" + NAMESPACE
                        + "\" xmlns:oa=\"http://www.openapplications.org/oagis/9\" releaseID=\"5.5.4\" languageCode=\"en-US\">");
        area(text, "ApplicationArea", hub, null, time, id, sender);
        text.append("<ConfirmBODDataArea><Confirm>");
        if (original != null) {
            Instant created = original.created() == null ? time : original.created();
            area(text, "OriginalApplicationArea", sender, original.sender(), created, original.bodId(), hub);
        }
        text.append("</Confirm><BOD><oa:BODFailureMessage>");
        error(text, trouble.contentId(), trouble.text(), "Application", trouble.code());
        for (FieldFault fault : trouble.faults()) {
            error(text, fault.path(), fault.text(), "Schema", fault.code());
        }
        return text.append("</oa:BODFailureMessage></BOD></ConfirmBODDataArea></ConfirmBOD>")
                .toString();
    }

    private static void area(
            StringBuilder text,
            String name,
            String sender,
            @Nullable String logicalId,
            Instant created,
            @Nullable String bodId,
            String receiver) {
        text.append('<').append(name).append("><Sender>");
        element(text, "LogicalID", logicalId);
        element(text, "CreatorNameCode", sender);
        element(text, "SenderNameCode", sender);
        text.append("</Sender>");
        element(text, "CreationDateTime", created.truncatedTo(ChronoUnit.MILLIS).toString());
        element(text, "BODID", bodId);
        text.append("<Destination>");
        element(text, "PartyReceiverID", receiver);
        text.append("</Destination></").append(name).append('>');
    }

    private static void element(StringBuilder text, String name, @Nullable String value) {
        if (value != null) {
            text.append('<')
                    .append(name)
                    .append('>')
                    .append(SoapText.escaped(value))
                    .append("</");
            text.append(name).append('>');
        }
    }

    private static void error(StringBuilder text, @Nullable String id, String what, String type, String code) {
        text.append("<oa:ErrorProcessMessage>");
        element(text, "oa:ID", id);
        element(text, "oa:Description", what);
        element(text, "oa:Type", type);
        element(text, "oa:ReasonCode", code);
        text.append("</oa:ErrorProcessMessage>");
    }
}
