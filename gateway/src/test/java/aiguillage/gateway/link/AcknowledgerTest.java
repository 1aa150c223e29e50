package aiguillage.gateway.link;

import static aiguillage.gateway.testing.GatewayScene.until;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.inbox.Result;
import aiguillage.gateway.inbox.Result.Rejection;
import aiguillage.gateway.outbox.Answer;
import aiguillage.gateway.outbox.Waiting;
import aiguillage.gateway.pace.Backoff;
import aiguillage.gateway.status.Trouble.Kind;
import aiguillage.gateway.status.Troubles;
import aiguillage.protocol.Position;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The hub's no to an acknowledgement is a trouble until it says yes.
final class AcknowledgerTest {

    private final Troubles troubles = new Troubles(InstantSource.system());
    private final List<List<Kind>> openWhileWaiting = new ArrayList<>();

    @Test
    void aTroubleEndsWithTheNextYesThoughNothingIsSent() throws Exception {
        var hub = new SayingNo(Kind.HUB_ASKS_TO_WAIT, Kind.PARTY_SUSPENDED);
        var soon = Duration.ofMillis(1);
        var acknowledger = new Acknowledger(
                hub,
                "main",
                new Backoff(soon, soon, new SplittableRandom(7)),
                _ -> openWhileWaiting.add(
                        troubles.open().stream().map(one -> one.kind()).toList()),
                troubles);
        acknowledger.add(new Result(List.of(new Position(41)), List.of(), false));
        Thread line = Thread.ofVirtual().start(acknowledger);
        try {
            until("it is acknowledged", () -> hub.heard() && troubles.open().isEmpty());
        } finally {
            line.interrupt();
            line.join();
        }
        assertThat(openWhileWaiting).containsExactly(List.of(Kind.HUB_ASKS_TO_WAIT), List.of(Kind.PARTY_SUSPENDED));
    }

    /// Says these before it says yes.
    private static final class SayingNo implements Hub {

        private final Deque<Kind> left;
        private boolean heard;

        SayingNo(Kind... kinds) {
            left = new ArrayDeque<>(List.of(kinds));
        }

        synchronized boolean heard() {
            return heard;
        }

        @Override
        public synchronized void acknowledge(List<Position> handedOver, List<Rejection> rejected) throws HubSaid {
            Kind kind = left.poll();
            if (kind != null) {
                throw new HubSaid(503, kind, "not now", null);
            }
            heard = true;
        }

        @Override
        public Stream open() {
            throw new AssertionError("no stream in this scene");
        }

        @Override
        public InputStream payload(String dataRef, long from) {
            throw new AssertionError("nothing is fetched in this scene");
        }

        @Override
        public Answer submit(Waiting document, Path payload) {
            throw new AssertionError("nothing is sent in this scene");
        }

        @Override
        public String address() {
            return "https://hub";
        }
    }
}
