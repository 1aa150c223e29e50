package aiguillage.simulation.world;

import aiguillage.gateway.inbox.Result.Rejection;
import aiguillage.gateway.link.Answers;
import aiguillage.gateway.link.HttpStream;
import aiguillage.gateway.link.Hub;
import aiguillage.gateway.link.HubEvent;
import aiguillage.gateway.outbox.Answer;
import aiguillage.gateway.outbox.Waiting;
import aiguillage.protocol.CloudEvents;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import aiguillage.simulation.check.Truth;
import aiguillage.simulation.fault.Machine;
import aiguillage.simulation.network.Network;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/// How one life of a gateway, or a reader without one, reaches a hub: what `HttpHub` is over HTTP.
final class HubLine implements Hub {

    private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

    private final Network network;
    private final HubComputer hub;
    private final PartyId party;
    private final Machine machine;
    private final Truth truth;
    private final Answers answers;
    private final ObjLongConsumer<String> acknowledging;

    /// @param acknowledging told, before the hub is, of each position that is acknowledged
    HubLine(
            Network network,
            HubComputer hub,
            PartyId party,
            Machine machine,
            Truth truth,
            ObjLongConsumer<String> acknowledging) {
        this.network = network;
        this.hub = hub;
        this.party = party;
        this.machine = machine;
        this.truth = truth;
        this.answers = new Answers(machine.clock());
        this.acknowledging = acknowledging;
    }

    @Override
    public Answer submit(Waiting document, Path payload) throws InterruptedException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(payload);
        } catch (NoSuchFileException e) {
            throw new IllegalStateException("The outbox has lost the file of " + document, e);
        } catch (IOException e) {
            return new Answer.Later("the payload cannot be read: " + e, null, false);
        }
        Map<String, String> headers = CloudEvents.headers(document.envelope());
        String id = document.envelope().id().value();
        try {
            Said said = network.call(
                    machine.node(), hub, (HubService service) -> service.submit(headers, document.digest(), bytes));
            say("submitted " + id + ": " + said.status());
            if (said.status() == 200 || said.status() == 201) {
                truth.receipt(hub.name(), party.value(), id, document.digest().toString(), said.body());
            } else if (said.status() == 409) {
                truth.conflict(hub.name(), party.value(), id, document.digest().toString());
            }
            return answers.submission(said.status(), NO_HEADERS, said.body());
        } catch (IOException e) {
            say("submitted " + id + ": " + e.getMessage());
            return new Answer.Later("the hub cannot be reached: " + e, null, false);
        }
    }

    @Override
    public Stream open() throws IOException, InterruptedException {
        return open(0);
    }

    /// Opens the stream behind a position.
    Stream open(long after) throws IOException, InterruptedException {
        InputStream in = network.call(
                machine.node(), hub, (HubService service) -> service.stream(network, machine.node(), party, after));
        say("stream open behind " + after);
        return new Watched(new HttpStream(in), after);
    }

    /// Shows the checker each delivery before it goes on.
    private final class Watched implements Stream {

        private final Stream stream;
        private long last;

        Watched(Stream stream, long after) {
            this.stream = stream;
            this.last = after;
        }

        @Override
        public HubEvent next() throws IOException {
            HubEvent event = stream.next();
            if (event instanceof HubEvent.Offered(var delivery)) {
                long position = delivery.position().value();
                say("is offered " + position);
                truth.offered(
                        hub.name(),
                        party.value(),
                        position,
                        last,
                        delivery.envelope().sender().value(),
                        delivery.envelope().id().value(),
                        delivery.digest().toString());
                last = position;
            } else if (event instanceof HubEvent.Unreadable(var position, var reason)) {
                truth.findings().violated("bytes", hub.name() + " wrote an event at " + position + ": " + reason);
            }
            return event;
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    @Override
    public void acknowledge(List<Position> handedOver, List<Rejection> rejected)
            throws IOException, InterruptedException {
        handedOver.forEach(position -> acknowledging.accept(hub.name(), position.value()));
        Map<Position, String> reasons = new LinkedHashMap<>();
        rejected.forEach(rejection -> reasons.put(rejection.position(), rejection.reason()));
        Said said = network.call(
                machine.node(), hub, (HubService service) -> service.acknowledge(party, handedOver, reasons));
        say("acknowledged " + handedOver + ", rejected " + reasons.keySet() + ": " + said.status());
        if (said.status() != 200) {
            throw answers.no(said.status(), NO_HEADERS, said.body());
        }
    }

    @Override
    public InputStream payload(String dataRef, long from) throws IOException, InterruptedException {
        String[] parts = dataRef.split("/", -1); // /v1/inbox/<position>/payload
        Said said = network.call(
                machine.node(), hub, (HubService service) -> service.payload(party, Position.of(parts[3]), from));
        say("fetched " + dataRef + " from " + from + ": " + said.status());
        if (said.status() != (from > 0 ? 206 : 200)) {
            throw answers.no(said.status(), NO_HEADERS, said.body());
        }
        int cut = machine.faults().haveEnded()
                ? said.body().length
                : machine.faults().random().nextInt(said.body().length / 2, 2 * said.body().length + 1);
        return cut >= said.body().length
                ? new ByteArrayInputStream(said.body())
                : new BrokenOff(Arrays.copyOf(said.body(), cut));
    }

    @Override
    public String address() {
        return hub.name();
    }

    private void say(String what) {
        machine.scheduler().trace().line(party.value(), hub.name() + " " + what);
    }
}
