package aiguillage.hub.door.dataset;

import aiguillage.hub.dataset.News;
import aiguillage.hub.dataset.Readers;
import aiguillage.hub.door.call.Call;
import aiguillage.hub.mailbox.Feed;
import aiguillage.hub.memory.Latest;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.PartyId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What streams tell of datasets: `datasets` says where all of them stand, when a stream begins and when that
/// may have changed for other reasons than a new version; `dataset` tells of one version. Safe from any thread.
public final class DatasetEvents implements Feed.Besides {

    /// Events made last, for the other readers of the same scope.
    private static final int KEPT = 64;

    /// In the place of one that could not be made: it is not tried again for each reader.
    private static final byte[] FAILED = new byte[0];

    private static final Logger LOG = LoggerFactory.getLogger(DatasetEvents.class);

    private final Readers readers;
    private final Map<Made, byte[]> made = Latest.put(KEPT);

    private record Made(long item, String scope) {}

    public DatasetEvents(Readers readers) {
        this.readers = readers;
    }

    @Override
    public Told told(PartyId reader, long seen) {
        long last = readers.news().last();
        if (seen == last) {
            return new Told(new byte[0], last);
        }
        List<News.Item> items = seen == NOTHING ? null : readers.news().after(seen);
        if (items == null || items.stream().anyMatch(item -> item.what() instanceof News.What.Table)) {
            return new Told(standing(reader), last);
        }
        var events = new ByteArrayOutputStream();
        for (News.Item item : items) {
            byte[] event = event(reader, item);
            events.writeBytes(event);
            if (event.length > 0 && item.what() instanceof News.What.Came(var dataset, var version)) {
                readers.told(dataset, reader, version);
            }
        }
        return new Told(
                events.toByteArray(), items.isEmpty() ? seen : items.getLast().number());
    }

    /// Where everything stands that the party reads.
    private byte[] standing(PartyId reader) {
        ObjectNode json = now();
        ArrayNode list = json.putArray("datasets");
        for (Readers.Subscription readable : readers.readable(reader)) {
            DatasetJson.readable(list.addObject(), readable);
            readers.told(readable.dataset().name(), reader, readable.newest());
        }
        return event("datasets", json);
    }

    private byte[] event(PartyId reader, News.Item item) {
        DatasetName dataset = dataset(item.what());
        String scope;
        try {
            scope = readers.scope(dataset, reader);
        } catch (Refused e) {
            return new byte[0]; // none of its datasets
        }
        var key = new Made(item.number(), scope);
        synchronized (made) {
            byte[] known = made.get(key);
            if (known != null) {
                return known.length > 0 ? known : standing(reader);
            }
        }
        byte @Nullable [] event;
        try {
            event = event(dataset, reader, item.what());
        } catch (Refused e) {
            event = null; // withdrawn meanwhile, say
        } catch (IOException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("dataset", dataset)
                    .log("What came could not be told; its readers ask for it. Read the cause.");
            event = null;
            keep(key, FAILED);
        }
        if (event == null) {
            return standing(reader); // it asks; a list that is this reader's alone (I4), so it is not kept
        }
        keep(key, event);
        return event;
    }

    private void keep(Made key, byte[] event) {
        synchronized (made) {
            made.put(key, event);
        }
    }

    private static DatasetName dataset(News.What what) {
        return switch (what) {
            case News.What.Came(var dataset, var _) -> dataset;
            case News.What.Opened(var dataset, var _) -> dataset;
            case News.What.Withdrawn(var dataset, var _) -> dataset;
            case News.What.Table() -> throw new AssertionError("a new table is told otherwise");
        };
    }

    /// @return null when it is to be asked for
    private byte @Nullable [] event(DatasetName dataset, PartyId reader, News.What what) throws IOException {
        ObjectNode json = now().put("name", dataset.toString());
        switch (what) {
            case News.What.Came(var _, var version) -> {
                Readers.Offers offers = readers.came(dataset, reader, version);
                if (offers == null) {
                    return null;
                }
                DatasetJson.offers(json, offers);
            }
            case News.What.Opened(var _, var version) -> {
                json.put("version", version);
                long from = readers.from(dataset, version);
                byte[] seal = readers.seal(dataset, reader, version, from);
                json.put("from", from).put("seal", Base64.getEncoder().encodeToString(seal));
            }
            case News.What.Withdrawn(var _, var left) -> json.put("left", left);
            case News.What.Table() -> throw new AssertionError("a new table is told otherwise");
        }
        return event("dataset", json);
    }

    private ObjectNode now() {
        return Call.JSON.createObjectNode().put("now", readers.now().toString());
    }

    private static byte[] event(String name, ObjectNode json) {
        return ("event: " + name + "\ndata: " + Call.JSON.writeValueAsString(json) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
