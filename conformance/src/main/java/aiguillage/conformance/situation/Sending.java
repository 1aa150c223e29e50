package aiguillage.conformance.situation;

import aiguillage.conformance.driver.DealerDriver;
import aiguillage.conformance.driver.Manner;
import aiguillage.conformance.driver.Offer;
import aiguillage.conformance.driver.Said;
import aiguillage.conformance.ground.PracticeHub;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/// A document on its way in: once, again, too large, cut, slow, at the same time as another.
final class Sending {

    private static final int SMALL_MAX = 2_000;
    private static final int HUGE = 3_000_000;
    private static final int CUT_BYTES = 60_000;
    private static final int TRIES = 5;

    /// Longer than a screen: a table. In the order in which an editor would try them.
    List<Situation> situations() {
        return List.of(
                new Situation(
                        "accept",
                        "accepted, offered, done · journal: 1 accepted, 1 acknowledged",
                        "I1; RFC 9110, 9.3.3; RFC 9530, 2; CloudEvents HTTP 1.0, 3.1; AS4 1.0, 5.1.8; wire.md, Submit a"
                                + " document",
                        Fault.CLAIMS_WITHOUT_SENDING,
                        Set.of(Need.COUNTERPART),
                        Sending::accept),
                new Situation(
                        "retry",
                        "accepted, accepted, same receipt · journal: 1 accepted",
                        "I2; RFC 9110, 9.2.2; AS4 1.0, 3.2; wire.md, Retrying is always safe",
                        Fault.NEW_ID_FOR_A_RETRY,
                        Set.of(),
                        scene -> again(scene, scene.dealer(), () -> {}, scene.dealer())),
                new Situation(
                        "retry-on-a-new-line",
                        "accepted, accepted, same receipt · journal: 1 accepted",
                        "I2; RFC 9110, 9.2.2; AS4 1.0, 3.2; wire.md, Retrying is always safe",
                        Fault.NEW_ID_FOR_A_RETRY,
                        Set.of(),
                        scene -> again(scene, scene.dealer(), () -> {}, scene.session(scene.identity(scene.player())))),
                new Situation(
                        "retry-after-restart",
                        "accepted, accepted, same receipt · journal: 1 accepted",
                        "I1, I2; wire.md, Retrying is always safe",
                        Fault.NEW_ID_FOR_A_RETRY,
                        Set.of(Need.OPERATOR),
                        scene -> again(scene, scene.dealer(), scene.hub()::restart, scene.dealer())),
                new Situation(
                        "conflict",
                        "accepted, refused id-taken, offered · journal: 1 accepted",
                        "I2; RFC 9110, 15.5.10; wire.md, 409 id-taken",
                        Fault.TAKES_REFUSAL_FOR_SUCCESS,
                        Set.of(Need.COUNTERPART),
                        Sending::conflict),
                new Situation(
                        "conflict-at-once",
                        "accepted, refused id-taken · journal: 1 accepted",
                        "I2; wire.md, 409 id-taken",
                        Fault.TAKES_REFUSAL_FOR_SUCCESS,
                        Set.of(),
                        Sending::conflictAtOnce),
                new Situation(
                        "same-at-once",
                        "accepted, accepted, same receipt · journal: 1 accepted",
                        "I2; wire.md, Retrying is always safe",
                        Fault.NEW_ID_FOR_A_RETRY,
                        Set.of(),
                        Sending::sameAtOnce),
                new Situation(
                        "two-at-once",
                        "accepted, accepted · journal: 2 accepted",
                        "I1; RFC 9112, 9.4",
                        Fault.CLAIMS_WITHOUT_SENDING,
                        Set.of(),
                        Sending::twoAtOnce),
                new Situation(
                        "same-id-of-another-sender",
                        "accepted, accepted, another receipt · journal: 2 accepted",
                        "I2; CloudEvents 1.0, source and id",
                        Fault.USES_A_KEPT_KEY,
                        Set.of(Need.COUNTERPART),
                        Sending::sameIdOfAnotherSender),
                new Situation(
                        "answer-lost",
                        "no answer, accepted, offered · journal: 1 accepted",
                        "I1, I2; RFC 9110, 9.2.2; AS4 1.0, 3.2; wire.md, Retrying is always safe",
                        Fault.NEVER_RETRIES,
                        Set.of(Need.COUNTERPART),
                        scene -> cut(scene, Manner.CUT_BEFORE_ANSWER)),
                new Situation(
                        "broken-off",
                        "no answer, accepted, offered · journal: 1 accepted",
                        "I1; RFC 9112, 8; draft-ietf-secsh-filexfer-02, 6.3; sftp.md, Sending",
                        Fault.SENDS_WHOLE,
                        Set.of(Need.COUNTERPART),
                        scene -> cut(scene, Manner.CUT_HALF_WAY)),
                new Situation(
                        "slow",
                        "accepted, offered · journal: 1 accepted",
                        "RFC 9110, 15.5.9; architecture.md, body, smallest rate",
                        Fault.CHANGES_BYTES,
                        Set.of(Need.COUNTERPART),
                        scene -> through(scene, scene.offer("claim"), Manner.SLOWLY)),
                new Situation(
                        "exactly-the-bound",
                        "accepted, offered · journal: 1 accepted",
                        "wire.md, payload-max; RFC 9110, 15.5.14",
                        Fault.CHANGES_BYTES,
                        Set.of(Need.COUNTERPART),
                        scene -> through(scene, scene.offerOf("small", SMALL_MAX), Manner.AT_ONCE)),
                new Situation(
                        "one-byte-too-many",
                        "refused payload-too-large · journal: nothing",
                        "wire.md, payload-max; RFC 9110, 15.5.14",
                        Fault.TAKES_REFUSAL_FOR_SUCCESS,
                        Set.of(),
                        scene -> scene.send(scene.dealer(), scene.offerOf("small", SMALL_MAX + 1))),
                new Situation(
                        "huge",
                        "accepted, offered, done · journal: 1 accepted, 1 acknowledged",
                        "I1; RFC 9110, 8.6; architecture.md, From document to receipt",
                        Fault.CHANGES_BYTES,
                        Set.of(Need.COUNTERPART),
                        Sending::huge),
                new Situation(
                        "hub-away",
                        "no answer, accepted, offered · journal: 1 accepted",
                        "I2; RFC 9110, 9.2.2; AS4 1.0, 3.2; wire.md, Retrying is always safe",
                        Fault.NEVER_RETRIES,
                        Set.of(Need.OPERATOR),
                        Sending::hubAway),
                new Situation(
                        "hub-full",
                        "refused disk-full, offered, done, accepted · journal: 2 accepted, 1 acknowledged",
                        "RFC 4918, 11.5; RFC 9110, 10.2.3; wire.md, 429, 503, 507",
                        Fault.NEVER_RETRIES,
                        Set.of(Need.OPERATOR),
                        Sending::hubFull),
                new Situation(
                        "too-many",
                        "accepted, accepted, accepted, refused too-many-requests, accepted · journal: 4 accepted",
                        "RFC 6585, 4; wire.md, RateLimit",
                        Fault.TAKES_REFUSAL_FOR_SUCCESS,
                        Set.of(Need.OPERATOR),
                        Sending::tooMany));
    }

    private static void accept(Scene scene) {
        Offer offer = scene.offer("claim");
        scene.send(scene.dealer(), offer);
        DealerDriver centre = scene.other("centre-a");
        scene.acknowledge(centre, scene.look(centre, offer));
    }

    private static void through(Scene scene, Offer offer, Manner manner) {
        scene.send(scene.dealer(), offer, manner);
        scene.look(scene.other("centre-a"), offer);
    }

    /// What happens to the hub between two attempts.
    private interface Meanwhile {
        void happens() throws Exception;
    }

    private static void again(Scene scene, DealerDriver first, Meanwhile meanwhile, DealerDriver then)
            throws Exception {
        Offer offer = scene.offer("claim");
        Said one = scene.send(first, offer);
        meanwhile.happens();
        scene.compare(one, scene.send(then, offer));
    }

    private static Offer other(Scene scene, Offer first) {
        return scene.offer(first.flow().toString(), first.id(), "Other", null);
    }

    private static void conflict(Scene scene) {
        Offer first = scene.offer("claim");
        scene.send(scene.dealer(), first);
        scene.send(scene.dealer(), other(scene, first));
        scene.look(scene.other("centre-a"), first);
    }

    private static void conflictAtOnce(Scene scene) throws Exception {
        Offer first = scene.offer("claim");
        Offer second = other(scene, first);
        DealerDriver one = scene.dealer();
        DealerDriver two = scene.session(scene.identity(scene.player()));
        scene.atOnce(() -> one.submit(first, Manner.AT_ONCE), () -> two.submit(second, Manner.AT_ONCE)).stream()
                .map(Said::word)
                .sorted()
                .forEach(scene::see);
    }

    private static void sameAtOnce(Scene scene) throws Exception {
        Offer offer = scene.offer("claim");
        DealerDriver one = scene.dealer();
        DealerDriver two = scene.session(scene.identity(scene.player()));
        List<Said> both = scene.atOnce(untilAccepted(one, offer), untilAccepted(two, offer));
        both.forEach(said -> scene.see(said.word()));
        scene.compare(both.get(0), both.get(1));
    }

    /// As every sender does who was disturbed by another.
    private static Callable<Said> untilAccepted(DealerDriver from, Offer offer) {
        return () -> {
            Said said = from.submit(offer, Manner.AT_ONCE);
            for (int i = 1; i < TRIES && !(said instanceof Said.Accepted); i++) {
                said = from.submit(offer, Manner.AT_ONCE);
            }
            return said;
        };
    }

    private static void twoAtOnce(Scene scene) throws Exception {
        Offer first = scene.offer("claim");
        Offer second = scene.offer("claim");
        DealerDriver one = scene.dealer();
        DealerDriver two = scene.session(scene.identity(scene.player()));
        scene.atOnce(() -> one.submit(first, Manner.AT_ONCE), () -> two.submit(second, Manner.AT_ONCE))
                .forEach(said -> scene.see(said.word()));
    }

    private static void sameIdOfAnotherSender(Scene scene) {
        Offer offer = scene.offer("claim");
        Said one = scene.send(scene.dealer(), offer);
        scene.compare(one, scene.send(scene.session(scene.identity("dealer-b")), offer));
    }

    /// Far larger than a handshake, so that what is cut is the document.
    private static void cut(Scene scene, Manner manner) {
        Offer offer = scene.offerOf("claim", CUT_BYTES);
        scene.send(scene.dealer(), offer, manner);
        scene.send(scene.dealer(), offer);
        scene.look(scene.other("centre-a"), offer);
    }

    private static void huge(Scene scene) {
        Offer offer = scene.offerOf("film", HUGE);
        scene.send(scene.dealer(), offer);
        DealerDriver centre = scene.other("centre-a");
        scene.acknowledge(centre, scene.look(centre, offer));
    }

    private static void hubAway(Scene scene) throws Exception {
        Offer offer = scene.offer("claim");
        scene.hub().stop();
        try {
            scene.send(scene.dealer(), offer);
        } finally {
            scene.hub().begin(false);
        }
        scene.send(scene.dealer(), offer);
        scene.look(scene.other("centre-a"), offer);
    }

    private static void hubFull(Scene scene) throws Exception {
        Offer answer = scene.offerFor(scene.player(), "answer");
        scene.other("centre-a").submit(answer, Manner.AT_ONCE);
        Offer offer = scene.offer("claim");
        scene.hub().stop();
        scene.hub().begin(true);
        try {
            scene.send(scene.dealer(), offer);
            scene.acknowledge(scene.dealer(), scene.look(scene.dealer(), answer));
        } finally {
            scene.hub().restart();
        }
        scene.send(scene.dealer(), offer);
    }

    private static void tooMany(Scene scene) throws Exception {
        scene.hub().restart(); // what a guest sent before is forgotten
        DealerDriver guest = scene.session(scene.identity("dealer-d"));
        for (int i = 0; i <= PracticeHub.GUEST_DOCUMENTS; i++) {
            scene.send(guest, scene.offer("claim"));
        }
        scene.send(scene.dealer(), scene.offer("claim"));
    }
}
