package aiguillage.hub.testing;

import aiguillage.hub.entry.EndState;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Payload;
import aiguillage.hub.entry.Reader;
import aiguillage.protocol.Digest;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/// Documents as tests need them.
public final class Documents {

    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    public static final PartyId HUB = new PartyId("hub.example");
    public static final PartyId DEALER = new PartyId("dealer-7");
    public static final PartyId CENTRE = new PartyId("opel-centre");
    public static final FlowName CLAIMS = FlowName.of("opel/warranty-claim");

    private Documents() {}

    public static byte[] payload(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    /// A claim from the dealer to the centre.
    public static Entry.DocumentAccepted claim(String id, String content) {
        return accepted(id, content, DEALER, CENTRE);
    }

    public static Entry.DocumentAccepted accepted(String id, String content, PartyId sender, PartyId... readers) {
        byte[] payload = payload(content);
        return new Entry.DocumentAccepted(
                NOON,
                Envelope.of(new DocumentId(id), sender, CLAIMS),
                new Payload(Digest.of(payload), payload.length, null),
                java.util.Arrays.stream(readers)
                        .map(party -> new Reader(party, false))
                        .toList(),
                NOON.plus(Duration.ofDays(14)),
                NOON.plus(Duration.ofDays(90)),
                EnumSet.of(EndState.DELIVERED, EndState.REJECTED, EndState.EXPIRED, EndState.RETURNED),
                Map.of("claim-number", List.of("C-" + id)),
                null);
    }
}
