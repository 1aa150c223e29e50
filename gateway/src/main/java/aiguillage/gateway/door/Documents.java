package aiguillage.gateway.door;

import aiguillage.gateway.disk.Disk;
import aiguillage.gateway.outbox.DocumentState;
import aiguillage.gateway.outbox.Outbox;
import aiguillage.gateway.outbox.Refusal;
import aiguillage.gateway.outbox.Taken;
import aiguillage.protocol.Brand;
import aiguillage.protocol.CloudEvents;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `/v1/documents`: handing in, and asking what became of it.
final class Documents {

    private final Outbox outbox;
    private final PartyId party;
    private final long bytesMax;
    private final InstantSource clock;
    private final JsonMapper json;

    Documents(Outbox outbox, PartyId party, long bytesMax, InstantSource clock, JsonMapper json) {
        this.outbox = outbox;
        this.party = party;
        this.bytesMax = bytesMax;
        this.clock = clock;
        this.json = json;
    }

    /// 202 once the document is durable; the same for a retry.
    void submit(Brand brand, Exchange exchange) throws DoorProblem, IOException {
        Envelope envelope = envelope(exchange);
        if (!envelope.flow().brand().equals(brand)) {
            throw DoorProblem.notFound("This token's brand has no flow " + envelope.flow() + ".");
        }
        Taken taken = stored(envelope, exchange);
        if (taken instanceof Taken.Conflict) {
            throw DoorProblem.idTaken(envelope.id().value());
        }
        exchange.location("/v1/documents/" + envelope.id());
        exchange.answer(202, shown(taken.state()));
    }

    void state(Brand brand, String id, Exchange exchange) throws DoorProblem, IOException {
        DocumentState state = known(brand, id);
        if (state == null) {
            throw DoorProblem.notFound("No document of this brand is known under this id.");
        }
        exchange.answer(200, shown(state));
    }

    private @Nullable DocumentState known(Brand brand, String id) {
        try {
            return outbox.document(brand, new DocumentId(id)).orElse(null);
        } catch (IllegalArgumentException noId) {
            return null;
        }
    }

    private Taken stored(Envelope envelope, Exchange exchange) throws DoorProblem, IOException {
        try {
            return outbox.accept(envelope, exchange.body(), bytesMax);
        } catch (IllegalArgumentException e) {
            throw DoorProblem.envelopeInvalid(Objects.toString(e.getMessage(), ""));
        } catch (Disk.TooLong e) {
            throw DoorProblem.tooLarge(bytesMax);
        } catch (IOException | UncheckedIOException e) { // of the disk, of the gateway's book
            throw DoorProblem.notStored(Objects.toString(e.getMessage(), e.toString()));
        }
    }

    /// CloudEvents headers where given; the rest is filled in: the version, the sender, an id, the time.
    private Envelope envelope(Exchange exchange) throws DoorProblem {
        Map<String, String> headers = exchange.headers();
        headers.putIfAbsent("ce-specversion", CloudEvents.SPEC_VERSION);
        headers.putIfAbsent("ce-source", party.urn().toString());
        headers.putIfAbsent(
                "ce-id",
                Objects.requireNonNullElse(
                        exchange.query("id"), outbox.freshId().value()));
        headers.putIfAbsent("ce-time", clock.instant().toString());
        String flow = exchange.query("flow");
        if (flow != null) {
            headers.putIfAbsent("ce-type", flow);
        }
        if (!party.urn().toString().equals(headers.get("ce-source"))) {
            throw DoorProblem.envelopeInvalid("ce-source must be " + party.urn() + ", this gateway's party");
        }
        try {
            return CloudEvents.envelope(headers);
        } catch (IllegalArgumentException e) {
            throw DoorProblem.envelopeInvalid(Objects.toString(e.getMessage(), ""));
        }
    }

    private Map<String, Object> shown(DocumentState state) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", state.id());
        shown.put("flow", state.flow());
        shown.put("state", state.state().name().toLowerCase(Locale.ROOT));
        shown.put("changed", state.changed());
        if (state.receipt() != null) {
            shown.put("receipt", json.readTree(state.receipt()));
        }
        Refusal refusal = state.refusal();
        if (refusal != null) {
            shown.put("refusal", refusal);
        }
        List<JsonNode> notices = state.notices().stream().map(json::readTree).toList();
        shown.put("notices", notices);
        return shown;
    }
}
