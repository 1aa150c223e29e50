package aiguillage.simulation.world;

import aiguillage.protocol.CloudEvents;
import aiguillage.protocol.Digest;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.simulation.check.Truth;
import aiguillage.simulation.fault.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// A sender without a gateway: retries with the same id until it has an answer, sometimes sends again what was
/// accepted, and sometimes takes the id of one document for another.
final class Shop {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final Computers all;
    private final HubComputer hub;
    private final PartyId party;
    private final FlowName flow;
    private final Truth truth;
    private int toSend;
    private int sent;

    Shop(Computers all, HubComputer hub, String party, String flow, Truth truth, int toSend) {
        this.all = all;
        this.hub = hub;
        this.party = new PartyId(party);
        this.flow = FlowName.of(flow);
        this.truth = truth;
        this.toSend = toSend;
    }

    boolean hasSentAll() {
        return toSend == 0;
    }

    void live() {
        try {
            while (toSend > 0) {
                all.outside().pause(all.faults().between(SHORTEST, LONGEST));
                sendOne();
                toSend--;
            }
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a shop", e);
        }
    }

    private void sendOne() throws InterruptedException {
        sent++;
        String id = "order-" + sent;
        byte[] bytes = ("order " + sent + " of " + party + " to " + flow).getBytes(StandardCharsets.UTF_8);
        truth.sends(new Truth.Sent(hub.name(), party.value(), flow.toString(), id, bytes, 0));
        while (!isAnswered(id, bytes)) {
            all.outside().pause(all.faults().between(SHORTEST, LONGEST));
        }
        while (all.faults().strikes(Fault.SENT_AGAIN)) {
            isAnswered(id, bytes);
        }
        if (all.faults().strikes(Fault.ID_REUSED)) {
            isAnswered(id, ("other content under " + id).getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Asks once.
    private boolean isAnswered(String id, byte[] bytes) throws InterruptedException {
        Map<String, String> headers = CloudEvents.headers(Envelope.of(new DocumentId(id), party, flow));
        Digest digest = Digest.of(bytes);
        try {
            Said said = all.network()
                    .call(all.outside(), hub, (HubService service) -> service.submit(headers, digest, bytes));
            all.scheduler().trace().line(party.value(), hub.name() + " says " + said.status() + " to " + id);
            if (said.status() == 200 || said.status() == 201) {
                truth.receipt(hub.name(), party.value(), id, digest.toString(), said.body());
            } else if (said.status() == 409) {
                truth.conflict(hub.name(), party.value(), id, digest.toString());
            }
            return said.status() < 500;
        } catch (IOException e) {
            all.scheduler().trace().line(party.value(), "no answer to " + id + ": " + e.getMessage());
            return false;
        }
    }
}
