package aiguillage.conformance.situation;

import aiguillage.conformance.driver.Manner;
import aiguillage.conformance.driver.Offer;
import aiguillage.conformance.driver.Said;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// What is in a document, and what it is called: poison, other alphabets, bounds of names.
final class Content {

    private static final String BAD = "refused payload-invalid · journal: 1 refused";
    private static final String XML = "XML 1.0, 2.8; hostile-input.md";
    private static final int DEEP = 5_000;
    private static final int LONGEST_ID = 128;
    private static final int TOO_LONG_ID = 200;

    /// Longer than a screen: a table. In the order in which an editor would try them.
    List<Situation> situations() {
        return List.of(
                refusal("empty", "wire.md, 422 payload-invalid", BAD, scene -> with(scene, "")),
                refusal(
                        "not-well-formed",
                        "XML 1.0, 2.1; wire.md, 422 payload-invalid",
                        BAD,
                        scene -> with(scene, text(scene.offer("checked")).replace("</Hours>", "</Hour>"))),
                refusal(
                        "external-entity",
                        XML,
                        BAD,
                        scene -> with(
                                scene,
                                "<!DOCTYPE ProcessRepairOrder [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
                                        + text(scene.offerWith("checked", "&e;")))),
                refusal(
                        "entity-bomb",
                        XML,
                        BAD,
                        scene -> with(scene, bomb() + text(scene.offerWith("checked", "&g;")))),
                refusal(
                        "too-deep",
                        "hostile-input.md, XmlLimits",
                        BAD,
                        scene -> with(
                                scene, text(scene.offerWith("checked", "<a>".repeat(DEEP) + "</a>".repeat(DEEP))))),
                refusal(
                        "wrong-schema",
                        "wire.md, 422 payload-invalid; XML Schema 1.0, Part 2, 3.2.3; STAR, ConfirmBOD",
                        "refused payload-invalid, line named · journal: 1 refused",
                        Content::wrongSchema),
                new Situation(
                        "mended-under-the-same-id",
                        "refused payload-invalid, accepted · journal: 1 accepted, 1 refused",
                        "I2; wire.md, the id is still free",
                        Fault.NEVER_RETRIES,
                        Set.of(),
                        Content::mended),
                bytes(
                        "accents",
                        "XML 1.0, 2.2; RFC 3629",
                        scene -> scene.offerWith("claim", "Boîte à vitesses, Größe, Ελλάδα, 🚗")),
                bytes(
                        "sections-and-comments",
                        "XML 1.0, 2.5 to 2.7",
                        scene -> scene.offerWith(
                                "claim", "<![CDATA[</content>]]><!-- > </Text> --><?dms a=\"<b>\"?>&amp;&#233;")),
                bytes(
                        "line-ends",
                        "XML 1.0, 2.11; RFC 9530, 2",
                        scene -> scene.offerWith("claim", "one\r\ntwo\rthree\n\t four")),
                bytes("iso-8859-1", "XML 1.0, 4.3.3; RFC 2046, 4.1.2", Content::latin),
                new Situation(
                        "id-longest",
                        "accepted, offered · journal: 1 accepted",
                        "wire.md, ce-id: 1 to 128; sftp.md, Sending",
                        Fault.CHANGES_BYTES,
                        Set.of(Need.COUNTERPART),
                        scene -> {
                            Offer offer = named(scene, padded(scene.nextId(), LONGEST_ID));
                            scene.send(scene.dealer(), offer);
                            scene.look(scene.other("centre-a"), offer);
                        }),
                refusal(
                        "id-too-long",
                        "wire.md, ce-id: 1 to 128; sftp.md, at most 180 bytes",
                        "refused bad-envelope · journal: nothing",
                        scene -> scene.send(scene.dealer(), named(scene, padded(scene.nextId(), TOO_LONG_ID)))),
                refusal(
                        "id-malformed",
                        "wire.md, ce-id; CloudEvents HTTP 1.0, 3.1.3.2",
                        "refused bad-envelope · journal: nothing",
                        scene -> scene.send(scene.dealer(), named(scene, scene.nextId() + " réclamation"))));
    }

    private static Situation refusal(String id, String source, String demanded, Script script) {
        return new Situation(id, demanded, source, Fault.TAKES_REFUSAL_FOR_SUCCESS, Set.of(), script);
    }

    /// Goes through as it is.
    private static Situation bytes(String id, String source, java.util.function.Function<Scene, Offer> offer) {
        return new Situation(
                id,
                "accepted, offered · journal: 1 accepted",
                source,
                Fault.CHANGES_BYTES,
                Set.of(Need.COUNTERPART),
                scene -> {
                    Offer sent = offer.apply(scene);
                    scene.send(scene.dealer(), sent);
                    scene.look(scene.other("centre-a"), sent);
                });
    }

    private static String text(Offer offer) {
        return new String(offer.content(), StandardCharsets.UTF_8);
    }

    private static void with(Scene scene, String content) {
        scene.send(scene.dealer(), scene.offer("checked").with(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static String bomb() {
        var text = new StringBuilder("<!DOCTYPE ProcessRepairOrder [<!ENTITY a \"lol\">");
        for (char name = 'b'; name <= 'g'; name++) {
            text.append("<!ENTITY ")
                    .append(name)
                    .append(" \"")
                    .append(("&" + (char) (name - 1) + ";").repeat(10))
                    .append("\">");
        }
        return text.append("]>").toString();
    }

    private static void wrongSchema(Scene scene) {
        Offer offer = scene.offer("checked");
        String wrong = text(offer).replace("<Hours>1.5</Hours>", "\n\n<Hours>many</Hours>");
        Said said = scene.send(scene.dealer(), offer.with(wrong.getBytes(StandardCharsets.UTF_8)));
        boolean isNamed = said instanceof Said.Refused(var _, var detail) && detail.contains("line 3");
        scene.see(isNamed ? "line named" : "no line named");
    }

    private static void mended(Scene scene) {
        Offer right = scene.offer("checked");
        String wrong = text(right).replace("1.5", "many");
        scene.send(scene.dealer(), right.with(wrong.getBytes(StandardCharsets.UTF_8)), Manner.AT_ONCE);
        scene.send(scene.dealer(), right);
    }

    private static Offer latin(Scene scene) {
        Offer offer = scene.offerWith("claim", "Boîte à vitesses");
        return offer.with(("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + text(offer))
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String padded(String id, int length) {
        return id + "-" + "x".repeat(length - id.length() - 1);
    }

    private static Offer named(Scene scene, String id) {
        return scene.offer("alpha/claim", id, "Joint", null);
    }
}
