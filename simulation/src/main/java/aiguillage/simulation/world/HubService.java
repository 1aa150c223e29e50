package aiguillage.simulation.world;

import aiguillage.hub.clock.Demands;
import aiguillage.hub.delivery.Offers;
import aiguillage.hub.document.Documents;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Payload;
import aiguillage.hub.flows.CurrentTable;
import aiguillage.hub.health.HubMetrics;
import aiguillage.hub.intake.Accepted;
import aiguillage.hub.journal.Applied;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.journal.JournalFull;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.mailbox.Feed;
import aiguillage.hub.mailbox.Mailboxes;
import aiguillage.hub.mailbox.Signals;
import aiguillage.hub.payload.Payloads;
import aiguillage.hub.routing.Refusal;
import aiguillage.hub.routing.Route;
import aiguillage.hub.routing.Table;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.hub.yard.Outcome;
import aiguillage.protocol.CloudEvents;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import aiguillage.protocol.proof.LedgerKey;
import aiguillage.simulation.disk.HubStore;
import aiguillage.simulation.fault.Machine;
import aiguillage.simulation.network.Connection;
import aiguillage.simulation.network.Network;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One life of a hub: production parts put together, and thin doors for the simulated network.
final class HubService {

    private static final Duration CLOCK_EVERY = Duration.ofSeconds(1);
    private static final int BEAT_EVERY = 3;

    /// Figures influence nothing.
    private static final HubMetrics METRICS = new HubMetrics();

    /// Entries of one request that are appended together.
    private static final int CHUNK = 1_000;

    /// Shorter than flows keep their documents.
    private static final Duration OFFERED_ONCE_MORE_FOR = Duration.ofSeconds(15);

    private final int atOnce;
    private final Machine machine;
    private final Consumer<Throwable> stop;
    private final Table table;
    private final HubStore store;
    private final PartyId name;
    private final Ledger ledger;
    private final Documents documents;
    private final Mailboxes mailboxes;
    private final Signals signals = new Signals();
    private final List<Feed> feeds = new ArrayList<>();
    private final Feed.Source source;
    private final Journal journal;
    private final Demands demands;
    private final ListEvents lists;

    HubService(
            PartyId name,
            LedgerKey key,
            Table table,
            HubStore store,
            Payloads payloads,
            ListHub list,
            Machine machine,
            Rare rare,
            Consumer<Throwable> stop) {
        this.atOnce = Math.min(CHUNK, rare.journal().waitingEntries()); // as in production, a chunk fits the queue
        this.machine = machine;
        this.stop = stop;
        this.table = table;
        this.store = store;
        this.name = name;
        this.ledger = new Ledger(store, key, name);
        this.documents = new Documents(store);
        this.mailboxes = new Mailboxes(store, documents);
        var offers = new Offers(documents, name, rare.inlineBytesMax());
        this.lists = new ListEvents(list, machine, Scene.LIST_READERS, signals::wake);
        this.source = new Feed.Source(
                mailboxes,
                lists,
                offers::event,
                () -> machine.faults().random().nextInt(500, 3_000),
                work -> machine.node().start("waiting", guarded(work)),
                rare.rowsPerWrite(),
                rare::bytesPerWrite);
        this.journal = new Journal(
                store,
                ledger,
                name,
                machine.faults().random(),
                signals::recorded,
                stop,
                machine.node()::unstarted,
                rare.journal());
        this.demands = new Demands(store, journal::append, mailboxes, documents, payloads, METRICS);
    }

    /// Runs on a thread of its own; ends never.
    void live() {
        guarded(() -> {
                    if (CurrentTable.applied(store).isEmpty()) {
                        journal.append(new Entry.TableApplied(now(), table.text(), Map.of(), "first start"))
                                .join();
                    }
                })
                .run();
        try {
            for (int beat = 0; ; beat++) {
                machine.node().pause(CLOCK_EVERY);
                guarded(() -> demands.meetAll(this::now, () -> false)).run();
                if (beat % BEAT_EVERY == 0) {
                    List.copyOf(feeds).forEach(Feed::beat);
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a hub's clock", e);
        }
    }

    /// As the hub's clock and its doors do it: what cannot be trusted any more stops the hub, the rest goes by.
    private Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (CompletionException e) {
                machine.scheduler().trace().line(name.value(), "did not do it: " + e.getCause());
            } catch (RuntimeException | Error e) {
                failed(e);
            }
        };
    }

    private void failed(Throwable e) {
        if (HubParts.mustStop(e)) {
            stop.accept(e);
        } else {
            throw new AssertionError("the hub came to a state that it does not expect", e);
        }
    }

    /// Its dataset.
    ListEvents lists() {
        return lists;
    }

    private Instant now() {
        return machine.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Said answered(Supplier<Said> work) {
        try {
            return work.get();
        } catch (CompletionException e) {
            boolean full = e.getCause() instanceof JournalFull;
            return Said.problem(503, full ? "journal-busy" : "stopping", String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            failed(e);
            return Said.problem(500, "internal", String.valueOf(e.getMessage()));
        }
    }

    /// `POST /v1/documents`.
    Said submit(Map<String, String> headers, Digest announced, byte[] bytes) {
        return answered(() -> {
            Envelope envelope = CloudEvents.envelope(headers);
            return switch (table.route(envelope)) {
                case Refusal(var kind, var reason) -> Said.problem(422, kind.name(), reason);
                case Route route -> accept(route, envelope, announced, bytes);
            };
        });
    }

    private Said accept(Route route, Envelope envelope, Digest announced, byte[] bytes) {
        var payload = new Payload(Digest.of(bytes), bytes.length, null);
        if (!payload.digest().equals(announced)) {
            return Said.problem(400, "digest-mismatch", "other bytes came");
        }
        Applied applied = journal.append(route.accepted(now(), envelope, payload, Map.of(), null), bytes)
                .join();
        return switch (Accepted.of(applied, ledger)) {
            case Accepted.WithReceipt(var isFirst, var _, var receipt) -> new Said(isFirst ? 201 : 200, receipt);
            case Accepted.IdTaken(var conflict) ->
                Said.problem(409, "id-taken", "accepted at " + conflict.first() + " with other content");
        };
    }

    /// `POST /v1/inbox/acknowledgements`.
    ///
    /// @param rejected position → reason
    Said acknowledge(PartyId reader, List<Position> handedOver, Map<Position, String> rejected) {
        return answered(() -> {
            var entries = new ArrayList<Entry>();
            for (Position position : handedOver) {
                find(reader, position).ifPresent(d -> entries.add(new Entry.DeliveryAcknowledged(now(), d)));
            }
            rejected.forEach((position, reason) ->
                    find(reader, position).ifPresent(d -> entries.add(new Entry.DeliveryRejected(now(), d, reason))));
            for (int from = 0; from < entries.size(); from += atOnce) {
                List<CompletableFuture<Applied>> appended =
                        entries.subList(from, Math.min(from + atOnce, entries.size())).stream()
                                .map(journal::append)
                                .toList();
                appended.forEach(CompletableFuture::join);
            }
            return new Said(200, new byte[0]);
        });
    }

    private java.util.Optional<Delivery> find(PartyId reader, Position position) {
        return mailboxes.delivery(reader, position, ledger.size());
    }

    /// `GET /v1/inbox/{position}/payload`.
    Said payload(PartyId reader, Position position, long from) {
        return answered(() -> {
            Delivery delivery = find(reader, position).orElse(null);
            byte[] bytes = delivery == null ? null : documents.inlinePayload(delivery.document());
            return bytes == null || from > bytes.length
                    ? Said.problem(404, "not-found", "no such payload")
                    : new Said(from > 0 ? 206 : 200, Arrays.copyOfRange(bytes, (int) from, bytes.length));
        });
    }

    /// `GET /v1/inbox/quarantine`.
    List<DeliveryRow> quarantined(PartyId reader) {
        return rows(() -> mailboxes.quarantined(reader, 0, 100));
    }

    private List<DeliveryRow> rows(Supplier<List<DeliveryRow>> read) {
        try {
            return read.get();
        } catch (RuntimeException | Error e) {
            failed(e);
            return List.of();
        }
    }

    /// `POST /v1/inbox/quarantine/{position}/release` or `…/return`.
    Said decide(PartyId reader, Position position, boolean release) {
        return answered(() -> {
            Delivery delivery = find(reader, position).orElse(null);
            if (delivery == null) {
                return Said.problem(404, "not-found", "no such delivery");
            }
            Entry entry = release
                    ? new Entry.DeliveryReleased(now(), delivery, "operator")
                    : new Entry.DeliveryReturned(now(), delivery, "operator");
            return journal.append(entry).join().outcome() instanceof Outcome.Recorded
                    ? new Said(200, new byte[0])
                    : Said.problem(404, "not-found", "it is not in quarantine");
        });
    }

    /// Offers a reader once more one of those that have ended, if what stands at a position chosen by this
    /// number is the end of one.
    Said repeat(PartyId reader, long which) {
        return answered(() -> {
            if (ledger.size() == 0) {
                return Said.problem(404, "not-found", "nothing has ended");
            }
            var ended = new Position(Math.floorMod(which, ledger.size()) + 1);
            Delivery delivery = Documents.delivery(documents.entry(ended));
            if (delivery == null || !delivery.reader().equals(reader)) {
                return Said.problem(404, "not-found", "that ended no delivery of this reader");
            }
            Instant until = now().plus(OFFERED_ONCE_MORE_FOR);
            var entry = new Entry.DeliveryRepeated(now(), delivery, ended, until, "operator", "asked for");
            return journal.append(entry).join().outcome() instanceof Outcome.Recorded
                    ? new Said(200, new byte[0])
                    : Said.problem(404, "not-found", "it is offered again, or cannot be");
        });
    }

    /// `GET /v1/inbox/stream`.
    Connection stream(Network network, aiguillage.simulation.time.Node client, PartyId reader, long after) {
        Feed[] feed = new Feed[1];
        var connection = new Connection(network, client, machine.node(), failure -> over(feed[0], failure));
        feed[0] = new Feed(source, reader, null, after, connection);
        connection.carries(feed[0]);
        signals.add(reader, feed[0]);
        feeds.add(feed[0]);
        feed[0].begin();
        return connection;
    }

    private void over(Feed feed, @Nullable Throwable failure) {
        signals.remove(feed.reader(), feed);
        feeds.remove(feed);
        if (failure != null && !(failure instanceof java.io.IOException)) {
            failed(failure);
        }
    }
}
