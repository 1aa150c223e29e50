package aiguillage.hub.yard;

import static aiguillage.hub.testing.Documents.CENTRE;
import static aiguillage.hub.testing.Documents.DEALER;
import static aiguillage.hub.testing.Documents.accepted;
import static aiguillage.hub.testing.Documents.claim;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import org.junit.jupiter.api.Test;

/// I2: the same (sender, document id) is accepted once.
class OnceTest {

    private final Scene scene = new Scene();

    @Test
    void aRetryNamesTheFirstPositionAndChangesNothing() {
        assertThat(scene.apply(claim("claim-1", "a"))).isEqualTo(new Outcome.Recorded(new Position(1)));
        scene.apply(claim("claim-2", "b"));
        assertThat(scene.apply(claim("claim-1", "a"))).isEqualTo(new Outcome.Repeated(new Position(1)));
        assertThat(scene.pendingIds(CENTRE)).containsExactly("claim-1", "claim-2");
    }

    @Test
    void theSameIdWithAnotherPayloadIsAConflictThatNamesTheFirstDigest() {
        scene.apply(claim("claim-1", "a"));
        Outcome outcome = scene.apply(claim("claim-1", "b"));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Conflict.class,
                        conflict -> assertThat(conflict.payload()).isEqualTo(Digest.of(new byte[] {'a'})));
    }

    @Test
    void theSameIdWithAnotherEnvelopeIsAConflict() {
        scene.apply(claim("claim-1", "a"));
        var first = claim("claim-1", "a");
        var extensions = new java.util.TreeMap<>(first.envelope().extensions());
        extensions.put("country", "fr");
        var other = new aiguillage.protocol.Envelope(
                first.envelope().id(), DEALER, first.envelope().flow(), null, null, null, null, extensions);
        var entry = new aiguillage.hub.entry.Entry.DocumentAccepted(
                first.time(),
                other,
                first.payload(),
                first.readers(),
                first.offeredUntil(),
                first.keptUntil(),
                first.notices(),
                first.keys(),
                null);
        assertThat(scene.apply(entry)).isInstanceOf(Outcome.Conflict.class);
    }

    @Test
    void twoSendersMayUseTheSameId() {
        scene.apply(claim("claim-1", "a"));
        assertThat(scene.apply(accepted("claim-1", "b", new PartyId("dealer-8"), CENTRE)))
                .isEqualTo(new Outcome.Recorded(new Position(2)));
    }
}
