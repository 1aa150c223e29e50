package aiguillage.conformance.situation;

import aiguillage.conformance.driver.DealerDriver;
import aiguillage.conformance.driver.Manner;
import aiguillage.conformance.driver.Offer;
import aiguillage.conformance.driver.Said;
import aiguillage.conformance.driver.Waiting;
import aiguillage.protocol.FlowName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// A document on its way out: read, acknowledged, rejected, told of, and by nobody else.
final class Reading {

    private static final String CENTRE = "centre-a";
    private static final FlowName ANSWERS = FlowName.of("alpha/answer");
    private static final String REASON = "the claim number is unknown";
    private static final int POISON_LACKS = 5;
    private static final int IN_ORDER = 5;
    private static final int MORE_THAN_A_PAGE = 105;
    private static final long EXPIRES_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final String MAILBOX =
            "I3; wire.md, Read your mailbox; star.md, PullMessage; sftp.md, Receiving; as4.md, Documents from the hub";

    /// Longer than a screen: a table. In the order in which an editor would try them.
    List<Situation> situations() {
        return List.of(
                new Situation(
                        "read-twice",
                        "offered, offered, done · journal: 1 accepted, 1 acknowledged",
                        MAILBOX,
                        Fault.ACKNOWLEDGES_WHILE_READING,
                        Set.of(Need.COUNTERPART),
                        Reading::readTwice),
                new Situation(
                        "acknowledge",
                        "offered, done, not offered · journal: 1 accepted, 1 acknowledged",
                        MAILBOX,
                        Fault.NEVER_ACKNOWLEDGES,
                        Set.of(Need.COUNTERPART),
                        Reading::acknowledge),
                new Situation(
                        "acknowledge-twice",
                        "offered, done, done, not offered · journal: 1 accepted, 1 acknowledged",
                        MAILBOX,
                        Fault.NEVER_ACKNOWLEDGES,
                        Set.of(Need.COUNTERPART),
                        Reading::acknowledgeTwice),
                new Situation(
                        "in-order",
                        "5 in order · journal: 5 accepted, 5 acknowledged",
                        "I3; architecture.md, Mailboxes",
                        Fault.READS_BACKWARDS,
                        Set.of(Need.COUNTERPART),
                        scene -> all(scene, IN_ORDER)),
                new Situation(
                        "more-than-one-page",
                        "105 in order · journal: 105 accepted, 105 acknowledged",
                        "I3; wire.md, limit; star.md, maxItems",
                        Fault.READS_NOTHING,
                        Set.of(Need.COUNTERPART),
                        scene -> all(scene, MORE_THAN_A_PAGE)),
                new Situation(
                        "mailbox-after-restart",
                        "offered, offered, done, not offered · journal: 1 accepted, 1 acknowledged",
                        "I1, I3; architecture.md, The store",
                        Fault.NEVER_ACKNOWLEDGES,
                        Set.of(Need.OPERATOR),
                        Reading::afterRestart),
                new Situation(
                        "reject",
                        "offered, done, not offered, its sender is told why · journal: 1 accepted, 1 rejected",
                        "I3; wire.md, Acknowledge and reject; sftp.md, Receiving",
                        Fault.ACKNOWLEDGES_INSTEAD_OF_REJECTING,
                        Set.of(Need.COUNTERPART),
                        Reading::reject),
                new Situation(
                        "reject-holds-nothing-back",
                        "done, 2 in order · journal: 3 accepted, 2 acknowledged, 1 rejected",
                        "I3; wire.md, the next delivery is not held back",
                        Fault.ACKNOWLEDGES_INSTEAD_OF_REJECTING,
                        Set.of(Need.COUNTERPART),
                        Reading::holdsNothingBack),
                new Situation(
                        "reject-then-release",
                        "offered, done, offered, done · journal: 1 accepted, 1 acknowledged, 1 rejected, 1 released",
                        "I3; wire.md, Quarantine",
                        Fault.READS_NOTHING,
                        Set.of(Need.OPERATOR),
                        Reading::release),
                new Situation(
                        "notice",
                        "accepted, done, told: delivered · journal: 1 accepted, 1 acknowledged",
                        "I3; wire.md, What became of it: notices",
                        Fault.READS_NOTHING,
                        Set.of(Need.COUNTERPART),
                        Reading::notice),
                new Situation(
                        "copy",
                        "accepted, offered, done, offered, done · journal: 1 accepted, 2 acknowledged",
                        "I4; configuration.md, copies",
                        Fault.CHANGES_BYTES,
                        Set.of(Need.COUNTERPART),
                        Reading::copy),
                new Situation(
                        "of-another-party",
                        "not offered, done, offered, done · journal: 1 accepted, 1 acknowledged",
                        "I4; wire.md, 404 not-found",
                        Fault.USES_A_KEPT_KEY,
                        Set.of(Need.COUNTERPART),
                        Reading::ofAnotherParty),
                new Situation(
                        "expires",
                        "offered, not offered · journal: 1 accepted, 1 expired",
                        "I3; configuration.md, offered-for",
                        Fault.ACKNOWLEDGES_WHILE_READING,
                        Set.of(Need.COUNTERPART),
                        Reading::expires));
    }

    /// A document that the centre has sent to the dealer.
    private static Offer sent(Scene scene, String kind) {
        return sent(scene, scene.offerFor(scene.player(), kind));
    }

    /// The same, which breaks off in its last tag: no reader can use it.
    private static Offer poison(Scene scene) {
        Offer offer = scene.offerFor(scene.player(), "answer");
        return sent(scene, offer.with(Arrays.copyOf(offer.content(), offer.content().length - POISON_LACKS)));
    }

    private static Offer sent(Scene scene, Offer offer) {
        Said said = scene.other(CENTRE).submit(offer, Manner.AT_ONCE);
        if (!(said instanceof Said.Accepted)) {
            throw new IllegalStateException("the centre's document was not accepted: " + said);
        }
        return offer;
    }

    private static void readTwice(Scene scene) {
        Offer offer = sent(scene, "answer");
        scene.look(scene.dealer(), offer);
        scene.acknowledge(scene.dealer(), scene.look(scene.dealer(), offer));
    }

    private static void acknowledge(Scene scene) {
        Offer offer = sent(scene, "answer");
        scene.acknowledge(scene.dealer(), scene.look(scene.dealer(), offer));
        scene.look(scene.dealer(), offer);
    }

    private static void acknowledgeTwice(Scene scene) {
        Offer offer = sent(scene, "answer");
        Optional<Waiting> waiting = scene.look(scene.dealer(), offer);
        scene.acknowledge(scene.dealer(), waiting);
        scene.acknowledge(scene.dealer(), waiting);
        scene.look(scene.dealer(), offer);
    }

    private static void all(Scene scene, int documents) {
        List<Offer> sent = new ArrayList<>();
        for (int i = 0; i < documents; i++) {
            sent.add(sent(scene, "answer"));
        }
        takeAll(scene, sent);
    }

    /// Reads and acknowledges until nothing waits any more; each answer may be a part of it.
    private static void takeAll(Scene scene, List<Offer> sent) {
        List<String> read = new ArrayList<>();
        List<Waiting> some = scene.mine(scene.dealer(), ANSWERS);
        while (!some.isEmpty() && read.size() <= sent.size()) {
            for (Waiting one : some) {
                read.add(one.digest().toString());
                scene.dealer().acknowledge(one);
            }
            some = scene.mine(scene.dealer(), ANSWERS);
        }
        List<String> wanted =
                sent.stream().map(offer -> offer.digest().toString()).toList();
        scene.see(read.size() + (read.equals(wanted) ? " in order" : " in another order, or others"));
    }

    private static void afterRestart(Scene scene) throws Exception {
        Offer offer = sent(scene, "answer");
        scene.look(scene.dealer(), offer);
        scene.hub().restart();
        scene.acknowledge(scene.dealer(), scene.look(scene.dealer(), offer));
        scene.hub().restart();
        scene.look(scene.dealer(), offer);
    }

    private static void reject(Scene scene) {
        Offer offer = poison(scene);
        scene.reject(scene.dealer(), scene.look(scene.dealer(), offer), REASON);
        scene.look(scene.dealer(), offer);
        boolean isTold = scene.other(CENTRE).notices(ANSWERS).stream()
                .anyMatch(notice -> notice.contains(offer.id()) && notice.contains(REASON));
        scene.see(isTold ? "its sender is told why" : "its sender is not told why");
    }

    private static void holdsNothingBack(Scene scene) {
        List<Offer> sent = List.of(poison(scene), sent(scene, "answer"), sent(scene, "answer"));
        scene.reject(scene.dealer(), scene.waiting(scene.dealer(), sent.getFirst()), REASON);
        takeAll(scene, sent.subList(1, sent.size()));
    }

    private static void release(Scene scene) throws IOException {
        Offer offer = sent(scene, "answer");
        scene.reject(scene.dealer(), scene.look(scene.dealer(), offer), REASON);
        if (scene.hasEntry("delivery-rejected")) {
            scene.hub().releaseLast(scene.player());
        }
        scene.acknowledge(scene.dealer(), scene.look(scene.dealer(), offer));
    }

    private static void notice(Scene scene) {
        Offer offer = scene.offer("claim");
        scene.send(scene.dealer(), offer);
        DealerDriver centre = scene.other(CENTRE);
        Optional<Waiting> waiting = scene.waiting(centre, offer);
        scene.acknowledge(centre, waiting);
        String position = waiting.map(Waiting::handle).orElse("0");
        boolean isTold = scene.dealer().notices(offer.flow()).stream()
                .anyMatch(notice -> notice.contains("\"position\":" + position + ",") && notice.contains("delivered"));
        scene.see(isTold ? "told: delivered" : "told nothing");
    }

    private static void copy(Scene scene) {
        Offer offer = scene.offer("claim");
        scene.send(scene.dealer(), offer);
        for (String reader : List.of(CENTRE, "audit-a")) {
            DealerDriver session = scene.other(reader);
            scene.acknowledge(session, scene.look(session, offer));
        }
    }

    private static void ofAnotherParty(Scene scene) {
        Offer offer = sent(scene, "answer");
        Waiting waiting = scene.waiting(scene.dealer(), offer)
                .orElseThrow(() -> new IllegalStateException("the centre's document does not wait"));
        DealerDriver neighbour = scene.session(scene.identity("dealer-b"));
        scene.look(neighbour, offer);
        scene.see(neighbour.acknowledge(waiting).word());
        scene.acknowledge(scene.dealer(), scene.look(scene.dealer(), offer));
    }

    private static void expires(Scene scene) throws IOException {
        Offer offer = sent(scene, "brief");
        scene.look(scene.dealer(), offer);
        long from = System.nanoTime();
        while (System.nanoTime() - from < EXPIRES_WITHIN_NANOS
                && !scene.hasEntry("delivery-expired")
                && !scene.hasEntry("delivery-acknowledged")) {
            Thread.onSpinWait();
        }
        scene.look(scene.dealer(), offer);
    }
}
