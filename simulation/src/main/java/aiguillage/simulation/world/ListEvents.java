package aiguillage.simulation.world;

import aiguillage.gateway.replica.Offer;
import aiguillage.gateway.replica.Offers;
import aiguillage.hub.mailbox.Feed;
import aiguillage.protocol.PartyId;
import aiguillage.simulation.check.ListTruth;
import aiguillage.simulation.check.ReplicaTruth;
import aiguillage.simulation.fault.Fault;
import aiguillage.simulation.fault.Machine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What one life of a hub tells on its streams of a dataset: a model of the hub's own, in the bytes that travel.
final class ListEvents implements Feed.Besides {

    /// Who missed more is told where everything stands.
    private static final int KEPT = 4;

    private final ListHub hub;
    private final Machine machine;
    private final Consumer<PartyId> wake;
    private final List<PartyId> readers;
    private final List<Item> items = new ArrayList<>();

    private enum What {
        CAME,
        OPENED,
        LEFT,
        CONTRACTS
    }

    private record Item(What what, long number) {}

    /// @param wake has a party's streams look for what there is to tell
    ListEvents(ListHub hub, Machine machine, List<PartyId> readers, Consumer<PartyId> wake) {
        this.hub = hub;
        this.machine = machine;
        this.readers = List.copyOf(readers);
        this.wake = wake;
        hub.list().standing().forEach(this::openWhenDue);
    }

    ListHub hub() {
        return hub;
    }

    /// Somebody publishes.
    void publish(Duration ahead, boolean isSealed, int changes) {
        Instant now = hub.now();
        ListTruth.Version before = hub.list().newest();
        Instant least = before == null || before.effective().isBefore(now) ? now : before.effective();
        ListTruth.Version version = hub.list()
                .publish(now, least.plus(ahead), isSealed, machine.faults().random(), changes);
        openWhenDue(version);
        say("version " + version.number() + " from " + version.effective() + (isSealed ? " on, sealed" : " on"));
        tell(new Item(What.CAME, version.number()));
    }

    private void openWhenDue(ListTruth.Version version) {
        Duration wait = Duration.between(hub.now(), version.effective());
        if (version.isSealed() && wait.isPositive()) {
            machine.scheduler().after(wait, machine.node(), () -> machine.node().start("opens", () -> {
                if (!hub.list().isWithdrawn(version.number())) {
                    tell(new Item(What.OPENED, version.number()));
                }
            }));
        }
    }

    void withdraw() {
        if (hub.list().withdraw(hub.now())) {
            ListTruth.Version left = hub.list().newest();
            say("the versions behind " + (left == null ? 0 : left.number()) + " are withdrawn");
            tell(new Item(What.LEFT, left == null ? 0 : left.number()));
        }
    }

    /// A party sees other rows, or none.
    void contract(PartyId party, int drawn) {
        List<String> scopes = ListTruth.SCOPES;
        String scope = drawn < scopes.size() ? scopes.get(drawn) : null;
        hub.list().contract(hub.now(), party.value(), scope);
        say(party + " sees " + scope);
        tell(new Item(What.CONTRACTS, 0));
    }

    private void say(String what) {
        machine.scheduler().trace().line(hub.name().toString(), what);
    }

    private void tell(Item item) {
        items.add(item);
        readers.forEach(wake);
    }

    @Override
    public Told told(PartyId reader, long seen) {
        if (seen == items.size() || !readers.contains(reader)) {
            return new Told(new byte[0], items.size());
        }
        List<Item> news = items.subList((int) Math.max(0, seen), items.size());
        if (seen == NOTHING || news.size() > KEPT || news.stream().anyMatch(one -> one.what == What.CONTRACTS)) {
            return new Told(standing(reader), items.size());
        }
        var events = new ByteArrayOutputStream();
        for (Item item : news) {
            byte[] event = event(reader, item);
            events.writeBytes(event);
            if (machine.faults().strikes(Fault.EVENT_DOUBLED)) {
                events.writeBytes(event);
            }
        }
        return new Told(events.toByteArray(), items.size());
    }

    private byte[] event(PartyId reader, Item item) {
        String scope = hub.list().scope(reader.value());
        if (scope == null) {
            return new byte[0];
        }
        ObjectNode json = now().put("name", hub.name().toString());
        switch (item.what) {
            case CAME -> {
                if (hub.list().isWithdrawn(item.number)) {
                    return standing(reader);
                }
                put(json, hub.came(scope, item.number));
            }
            case OPENED -> {
                long from = version(item.number).from();
                json.put("version", item.number).put("from", from);
                json.put(
                        "seal",
                        Base64.getEncoder()
                                .encodeToString(
                                        hub.seal(scope, item.number, from).bytes()));
            }
            case LEFT -> json.put("left", item.number);
            case CONTRACTS -> throw new AssertionError("new contracts are told otherwise");
        }
        return event("dataset", json);
    }

    private ListTruth.Version version(long number) {
        ListTruth.Version found = hub.list().version(number);
        if (found == null) {
            throw new AssertionError("there never was a version " + number);
        }
        return found;
    }

    private static void put(ObjectNode json, Offers offers) {
        json.put("scope", offers.scope());
        ArrayNode versions = json.putArray("versions");
        for (Offer offer : offers.versions()) {
            ObjectNode one = versions.addObject().put("statement", offer.note()).put("sealed", offer.isSealed());
            byte[] layer = offer.layer();
            if (layer != null) {
                one.put("layer", Base64.getEncoder().encodeToString(layer));
            }
        }
    }

    private byte[] standing(PartyId reader) {
        return event("datasets", standingJson(reader));
    }

    /// Where the dataset stands, if the party reads it.
    ObjectNode standingJson(PartyId reader) {
        ObjectNode json = now();
        ArrayNode datasets = json.putArray("datasets");
        String scope = hub.list().scope(reader.value());
        if (scope != null) {
            ListTruth.Version newest = hub.list().newest();
            ObjectNode one = datasets.addObject()
                    .put("name", hub.name().toString())
                    .put("scope", scope)
                    .put("newest", newest == null ? 0 : newest.number())
                    .put("staleAfterSeconds", ReplicaTruth.STALE_AFTER.toSeconds());
            ObjectNode schema = one.putObject("schema").put("zone", "Europe/Paris");
            ArrayNode columns = schema.putArray("columns");
            for (String key : List.of("country", "part")) {
                columns.addObject()
                        .put("name", key)
                        .put("type", "text")
                        .put("key", true)
                        .put("length", 9);
            }
            columns.addObject().put("name", "price").put("type", "text").put("length", 9);
        }
        return json;
    }

    private ObjectNode now() {
        return JsonMapper.shared()
                .createObjectNode()
                .put("now", hub.now().toString());
    }

    private static byte[] event(String name, ObjectNode json) {
        return ("event: " + name + "\ndata: " + JsonMapper.shared().writeValueAsString(json) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
