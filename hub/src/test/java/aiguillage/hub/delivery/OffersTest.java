package aiguillage.hub.delivery;

import static aiguillage.hub.testing.Documents.CENTRE;
import static aiguillage.hub.testing.Documents.HUB;
import static aiguillage.hub.testing.Documents.claim;
import static aiguillage.hub.testing.Documents.payload;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.document.Documents;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.mailbox.Mailboxes;
import aiguillage.hub.testing.MemoryStore;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.protocol.proof.LedgerKey;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A payload stands in the event, or is referred to where it is large or the reader is slow.
class OffersTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final MemoryStore store = new MemoryStore();

    @Test
    void aSmallPayloadStandsInTheEventOrIsReferredTo() {
        var key = LedgerKey.generate("hub.example/ledger", new SecureRandom());
        try (var journal =
                new Journal(store, new Ledger(store, key, HUB), HUB, new SecureRandom(), entry -> {}, failure -> {
                    throw new AssertionError(failure);
                })) {
            journal.append(claim("claim-1", "content"), payload("content")).join();
        }
        var documents = new Documents(store);
        var offers = new Offers(documents, HUB, Offers.INLINE_BYTES_MAX);
        DeliveryRow row =
                new Mailboxes(store, documents).pending(CENTRE, 0, null, 1).getFirst();
        JsonNode whole = JSON.readTree(offers.event(row));
        assertThat(whole.path("data_base64").binaryValue()).isEqualTo(payload("content"));
        assertThat(whole.has("dataref")).isFalse();
        JsonNode referred = JSON.readTree(offers.eventByReference(row));
        assertThat(referred.path("dataref").asString()).isEqualTo("/v1/inbox/1/payload");
        assertThat(referred.has("data_base64")).isFalse();
        assertThat(referred.path("digest")).isEqualTo(whole.path("digest"));
    }
}
