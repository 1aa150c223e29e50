package aiguillage.simulation.world;

import aiguillage.hub.yard.DeliveryRow;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// The person who looks into a hub's quarantine and releases or returns what is there, and now and then has a
/// document offered once more, twice by mistake.
final class Operator {

    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(12);
    private static final int REPEATS_ONE_IN = 4;

    private final Computers all;
    private final HubComputer hub;
    private final List<String> readers;

    Operator(Computers all, HubComputer hub, List<String> readers) {
        this.all = all;
        this.hub = hub;
        this.readers = List.copyOf(readers);
    }

    void live() {
        try {
            while (true) {
                all.outside()
                        .pause(
                                all.faults().haveEnded()
                                        ? SHORTEST
                                        : all.faults().between(SHORTEST, LONGEST));
                for (String reader : readers) {
                    decide(new PartyId(reader));
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts an operator", e);
        }
    }

    private void decide(PartyId reader) throws InterruptedException {
        try {
            List<DeliveryRow> rows =
                    all.network().call(all.outside(), hub, (HubService service) -> service.quarantined(reader));
            for (DeliveryRow row : rows) {
                boolean release = all.faults().random().nextBoolean();
                Said said = all.network()
                        .call(
                                all.outside(),
                                hub,
                                (HubService service) ->
                                        service.decide(reader, row.delivery().position(), release));
                all.scheduler()
                        .trace()
                        .line(
                                "operator",
                                (release ? "releases " : "returns ") + reader + " "
                                        + row.delivery().position() + ": " + said.status());
            }
            if (!all.faults().haveEnded() && all.faults().random().nextInt(REPEATS_ONE_IN) == 0) {
                repeat(reader);
            }
        } catch (IOException e) {
            all.scheduler().trace().line("operator", hub.name() + " does not answer: " + e.getMessage());
        }
    }

    private void repeat(PartyId reader) throws IOException, InterruptedException {
        long which = all.faults().random().nextLong();
        for (int times = all.faults().random().nextInt(1, 3); times > 0; times--) {
            Said said = all.network().call(all.outside(), hub, (HubService service) -> service.repeat(reader, which));
            all.scheduler()
                    .trace()
                    .line("operator", "has a document offered to " + reader + " once more: " + said.status());
        }
    }
}
