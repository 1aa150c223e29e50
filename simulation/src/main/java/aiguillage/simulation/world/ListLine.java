package aiguillage.simulation.world;

import aiguillage.dataset.layer.Seal;
import aiguillage.gateway.replica.DatasetJson;
import aiguillage.gateway.replica.DatasetNews;
import aiguillage.gateway.replica.DatasetSource;
import aiguillage.gateway.replica.Offers;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.PartyId;
import aiguillage.simulation.fault.Machine;
import aiguillage.simulation.network.Network;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// How one life of a gateway asks a hub for datasets: what `HttpDatasets` is over HTTP.
final class ListLine implements DatasetSource {

    private final Network network;
    private final HubComputer hub;
    private final PartyId party;
    private final Machine machine;
    private final DatasetJson json = new DatasetJson();

    ListLine(Network network, HubComputer hub, PartyId party, Machine machine) {
        this.network = network;
        this.hub = hub;
        this.party = party;
        this.machine = machine;
    }

    /// Nothing of this kind is open to the party when the answer is empty.
    private <T> T asked(String what, BiFunction<ListHub, String, @Nullable T> question)
            throws IOException, InterruptedException {
        Optional<T> answer = answered((HubService service) -> {
            ListHub lists = service.lists().hub();
            String scope = lists.list().scope(party.value());
            return scope == null ? Optional.empty() : Optional.ofNullable(question.apply(lists, scope));
        });
        machine.scheduler()
                .trace()
                .line(party.value(), hub.name() + " is asked for " + what + (answer.isEmpty() ? ": not found" : ""));
        return answer.orElseThrow(() -> new NotOurs("no such thing is open to you", new IOException("404")));
    }

    private <T> T answered(java.util.function.Function<HubService, T> question)
            throws Unreachable, InterruptedException {
        try {
            return network.call(machine.node(), hub, question);
        } catch (IOException e) {
            throw new Unreachable(e);
        }
    }

    @Override
    public DatasetNews.Standing standing() throws IOException, InterruptedException {
        return json.standing(answered(service -> service.lists().standingJson(party))
                .toString());
    }

    @Override
    public Offers offers(DatasetName name, long after, @Nullable String scope)
            throws IOException, InterruptedException {
        return asked("versions after " + after, (lists, mine) -> lists.offers(mine, after, scope));
    }

    @Override
    public InputStream layer(DatasetName name, long version, long from, long offset)
            throws IOException, InterruptedException {
        byte[] layer = this.<byte[]>asked(
                "the layer of " + version + " from " + from,
                (lists, mine) -> lists.layer(mine, version, from));
        byte[] rest = Arrays.copyOfRange(layer, (int) Math.min(offset, layer.length), layer.length);
        int cut = machine.faults().haveEnded()
                ? rest.length
                : machine.faults().random().nextInt(rest.length / 2, 2 * rest.length + 1);
        return cut >= rest.length ? new ByteArrayInputStream(rest) : new BrokenOff(Arrays.copyOf(rest, cut));
    }

    @Override
    public Optional<Seal> seal(DatasetName name, long version, long from) throws IOException, InterruptedException {
        return asked(
                "the key of " + version,
                (lists, mine) ->
                        lists.list().isWithdrawn(version) ? null : lists.sealWhenHeld(mine, version, from));
    }

    @Override
    public List<byte[]> buckets(DatasetName name, long version) throws IOException, InterruptedException {
        return asked(
                "the buckets of " + version,
                (lists, mine) -> lists.list().isWithdrawn(version) ? null : lists.buckets(mine, version));
    }

    @Override
    public InputStream bucket(DatasetName name, long version, int bucket) throws IOException, InterruptedException {
        return new ByteArrayInputStream(this.<byte[]>asked(
                "bucket " + bucket + " of " + version,
                (lists, mine) -> lists.list().isWithdrawn(version) ? null : lists.bucket(mine, version, bucket)));
    }

    @Override
    public String ledgerKey() throws IOException, InterruptedException {
        return answered(service -> service.lists().hub().ledgerKey());
    }
}
