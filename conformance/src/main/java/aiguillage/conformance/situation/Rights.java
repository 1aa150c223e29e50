package aiguillage.conformance.situation;

import aiguillage.conformance.driver.DealerDriver;
import aiguillage.conformance.driver.Identity;
import aiguillage.conformance.driver.Offer;
import aiguillage.conformance.driver.Said;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Who may send what to whom, and who is let in at all.
final class Rights {

    /// Within this the sessions of whoever is shut out have ended (sftp.md).
    private static final long OUT_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final String NOT_YOURS = "refused not-authorised · journal: nothing";
    private static final String NO_SUCH = "refused recipient-unknown · journal: nothing";
    private static final String OUT = "shut out · journal: nothing";
    private static final String TLS = "I8; RFC 8446, 4.4.2.4; RFC 4252, 7";

    /// Longer than a screen: a table. In the order in which an editor would try them.
    List<Situation> situations() {
        return List.of(
                refusal(
                        "wrong-role",
                        NOT_YOURS,
                        "I4; wire.md, 403 not-authorised",
                        scene -> scene.send(scene.dealer(), scene.offerFor("dealer-b", "answer"))),
                refusal(
                        "unknown-flow",
                        NOT_YOURS,
                        "I4; wire.md, 403 not-authorised",
                        scene -> scene.send(scene.dealer(), scene.offer("teleport"))),
                refusal(
                        "another-brand",
                        NOT_YOURS,
                        "I4; wire.md, 403 not-authorised",
                        scene -> scene.send(scene.dealer(), scene.offer("beta/claim", scene.nextId(), "Joint", null))),
                refusal(
                        "unknown-recipient",
                        NO_SUCH,
                        "I4; wire.md, ce-recipient",
                        scene -> scene.send(scene.dealer(), scene.offerFor("dealer-x", "from-dealer"))),
                refusal(
                        "recipient-of-another-brand",
                        NO_SUCH,
                        "I4; wire.md, ce-recipient",
                        scene -> scene.send(scene.dealer(), scene.offerFor("dealer-c", "from-dealer"))),
                refusal(
                        "another-sender",
                        "refused sender-mismatch · journal: nothing",
                        "I8; CloudEvents 1.0, source; wire.md, ce-source",
                        scene -> scene.send(scene.dealer(), scene.offer("claim").saidToBeFrom("dealer-b"))),
                refusal(
                        "unsigned",
                        "refused signature-required · journal: nothing",
                        "RFC 9421; wire.md, Signing",
                        scene -> scene.send(scene.dealer(), scene.offer("signed"))),
                out("stranger", scene -> new Identity(scene.player(), null, null)),
                out("impostor", scene -> scene.hub().impostor(scene.player())),
                out("expired", scene -> scene.hub().expired(scene.player())),
                out("revoked", scene -> {
                    Identity identity = scene.hub().renewed("dealer-e");
                    scene.hub().revoke(identity);
                    return identity;
                }),
                new Situation(
                        "revoked-mid-session",
                        "accepted, shut out, shut out · journal: 1 accepted",
                        "I8; architecture.md, Trust; sftp.md, To end a party's access",
                        Fault.USES_A_KEPT_KEY,
                        Set.of(Need.OPERATOR),
                        Rights::revokedMidSession),
                new Situation(
                        "party-removed-mid-session",
                        "accepted, shut out, shut out · journal: 1 accepted",
                        "I8; wire.md, 403 party-unknown; sftp.md, To end a party's access",
                        Fault.USES_A_KEPT_KEY,
                        Set.of(Need.OPERATOR),
                        Rights::partyRemoved),
                new Situation(
                        "flow-closed-mid-session",
                        "accepted, refused not-authorised, accepted · journal: 2 accepted",
                        "I4; decision 14; wire.md, 403 not-authorised",
                        Fault.TAKES_REFUSAL_FOR_SUCCESS,
                        Set.of(Need.OPERATOR),
                        Rights::flowClosed),
                new Situation(
                        "retry-after-the-flow-closed",
                        "accepted, accepted, same receipt · journal: 1 accepted",
                        "I2; wire.md, What was accepted stays accepted",
                        Fault.NEW_ID_FOR_A_RETRY,
                        Set.of(Need.OPERATOR),
                        Rights::retryAfterTheFlowClosed));
    }

    private static Situation refusal(String id, String demanded, String source, Script script) {
        return new Situation(id, demanded, source, Fault.TAKES_REFUSAL_FOR_SUCCESS, Set.of(), script);
    }

    /// Somebody as whom a document is sent.
    private interface Someone {
        Identity of(Scene scene) throws IOException;
    }

    private static Situation out(String id, Someone someone) {
        Set<Need> needs = id.equals("stranger") ? Set.of() : Set.of(Need.OPERATOR);
        return new Situation(id, OUT, TLS, Fault.USES_A_KEPT_KEY, needs, scene -> {
            DealerDriver session = scene.session(someone.of(scene));
            scene.send(session, scene.offer("claim"));
        });
    }

    private static void revokedMidSession(Scene scene) throws IOException {
        Identity identity = scene.hub().renewed("dealer-e");
        DealerDriver session = scene.session(identity);
        scene.send(session, scene.offer("claim"));
        scene.hub().revoke(identity);
        untilOut(scene, session);
        scene.send(session, scene.offer("claim"));
    }

    private static void partyRemoved(Scene scene) throws IOException {
        DealerDriver session = scene.session(scene.identity("dealer-b"));
        scene.send(session, scene.offer("claim"));
        scene.hub().apply(scene.hub().table().without("dealer-b"));
        try {
            untilOut(scene, session);
            scene.send(session, scene.offer("claim"));
        } finally {
            scene.hub().restore();
        }
    }

    /// A session has a moment to end.
    private static void untilOut(Scene scene, DealerDriver session) {
        Offer none = scene.offer("answer");
        long from = System.nanoTime();
        while (System.nanoTime() - from < OUT_WITHIN_NANOS && !isOut(session, none)) {
            Thread.onSpinWait();
        }
        scene.look(session, none);
    }

    private static boolean isOut(DealerDriver session, Offer none) {
        try {
            session.pull(none.flow());
            return false;
        } catch (DealerDriver.NotLetIn e) {
            return true;
        } catch (DealerDriver.Unintelligible e) {
            return false; // the line ended: once more, to be told so
        }
    }

    private static void flowClosed(Scene scene) throws IOException {
        scene.send(scene.dealer(), scene.offer("small"));
        scene.hub().apply(scene.hub().table().without("alpha/small"));
        try {
            scene.send(scene.dealer(), scene.offer("small"));
        } finally {
            scene.hub().restore();
        }
        scene.send(scene.dealer(), scene.offer("small"));
    }

    private static void retryAfterTheFlowClosed(Scene scene) throws IOException {
        Offer offer = scene.offer("small");
        Said first = scene.send(scene.dealer(), offer);
        scene.hub().apply(scene.hub().table().without("alpha/small"));
        try {
            scene.compare(first, scene.send(scene.dealer(), offer));
        } finally {
            scene.hub().restore();
        }
    }
}
