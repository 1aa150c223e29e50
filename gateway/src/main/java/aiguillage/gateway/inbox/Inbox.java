package aiguillage.gateway.inbox;

import aiguillage.gateway.disk.Book;
import aiguillage.gateway.disk.Disk;
import aiguillage.gateway.disk.FileDigest;
import aiguillage.gateway.dms.FileNames;
import aiguillage.gateway.dms.Folders;
import aiguillage.gateway.inbox.Result.Rejection;
import aiguillage.gateway.outbox.Outbox;
import aiguillage.gateway.status.Trouble.Kind;
import aiguillage.gateway.status.Troubles;
import aiguillage.protocol.Brand;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.json.JsonMapper;

/// One hub's deliveries on their way to the DMS. The package page has the steps and what a crash leaves behind.
///
/// [#handOver] may run on several threads as long as a position is in one of them only.
public final class Inbox {

    /// Records of deliveries kept per hub: far more than can be handed over and not yet acknowledged.
    public static final int RECORDS_KEPT = 100_000;

    /// Fetches of a payload whose digest is wrong, before it is rejected.
    public static final int DAMAGED_TRIES_MAX = 3;

    private static final int PURGE_EVERY = 10_000;

    /// Records that have a text somewhere, of which those are shown that have it where people look for it.
    private static final int SEARCH_LOOKED_MAX = 1_000;

    private final String hub;
    private final Set<Brand> brands;
    private final Folders folders;
    private final Disk disk;
    private final Troubles troubles;
    private final HandOvers records;
    private final Staging staging;
    private final Places places;
    private final long freeBytesMin;
    private final Map<Position, Integer> damaged = new ConcurrentHashMap<>();
    private final AtomicLong sincePurge = new AtomicLong();

    /// What the delivery that found no room would have needed.
    private volatile long freeBytesNeeded;

    /// Opens the inbox and ends the hand-overs that a crash interrupted.
    ///
    /// @param folder its own folder, on the same file system as the DMS's folders
    /// @param brands those this hub may deliver
    /// @param freeBytesMin with less free than this, nothing new is staged
    public Inbox(
            String hub,
            Path folder,
            Set<Brand> brands,
            long freeBytesMin,
            Folders folders,
            Outbox outbox,
            Book book,
            Disk disk,
            Fetcher fetcher,
            InstantSource clock,
            Troubles troubles)
            throws IOException {
        this.hub = hub;
        this.brands = Set.copyOf(brands);
        this.freeBytesMin = freeBytesMin;
        this.freeBytesNeeded = freeBytesMin;
        this.folders = folders;
        this.disk = disk;
        this.troubles = troubles;
        JsonMapper json = JsonMapper.shared();
        this.records = new HandOvers(hub, book, json);
        this.staging = new Staging(folder, disk, fetcher, json);
        this.places = new Places(folders, outbox, json);
        disk.folder(folder);
        staging.tidy(clock.instant(), records);
        records.keep(RECORDS_KEPT);
        recover();
    }

    /// Can this delivery be handed over at once? Large ones must be fetched first, and a notice waits for the
    /// file it belongs to.
    public boolean isReady(Delivery delivery) {
        return !delivery.isLarge() && places.isFiled(delivery);
    }

    /// Hands over what has not been handed over before, each flow in order: behind one that cannot be handed
    /// over now, nothing of its flow is. When this returns, every position in `handedOver` is durable.
    public Result handOver(List<Delivery> batch) throws InterruptedException {
        List<Position> handedOver = new ArrayList<>();
        List<Rejection> rejected = new ArrayList<>();
        List<HandedOver> fresh = new ArrayList<>();
        List<HandedOver> toPlace = new ArrayList<>();
        Set<Path> chosen = new HashSet<>();
        Set<FlowName> held = new HashSet<>();
        for (Delivery delivery : batch) {
            HandedOver before = records.at(delivery.position());
            if (held.contains(delivery.flow())) {
                continue; // the hub offers it again, behind the one that could not be handed over
            }
            if (before != null && before.is(delivery)) {
                toPlace.add(before);
            } else if (!brands.contains(delivery.flow().brand())) {
                rejected.add(new Rejection(
                        delivery.position(),
                        "this gateway does not serve the brand "
                                + delivery.flow().brand()));
            } else {
                HandedOver one = places.choose(delivery, chosen);
                switch (staged(delivery, one.withEnvelope())) {
                    case Staged.Yes yes -> fresh.add(one);
                    case Staged.Never(var reason) -> rejected.add(new Rejection(delivery.position(), reason));
                    case Staged.Later later -> held.add(delivery.flow());
                }
            }
        }
        boolean again = !held.isEmpty();
        again |= !record(fresh);
        toPlace.addAll(fresh);
        again |= !place(toPlace, handedOver);
        purgeSometimes(fresh.size());
        return new Result(handedOver, rejected, again);
    }

    /// Deliveries whose id, file's name or sender has this text in it, whatever its case; the newest first.
    public List<HandedOver> search(String text, int max) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return records.mentioning(wanted, SEARCH_LOOKED_MAX).stream()
                .filter(one -> one.id().toLowerCase(Locale.ROOT).contains(wanted)
                        || one.name().toLowerCase(Locale.ROOT).contains(wanted)
                        || one.sender().toLowerCase(Locale.ROOT).contains(wanted))
                .limit(max)
                .toList();
    }

    /// There may be room again though the hub offers nothing: then the trouble is over.
    public void lookAtSpace() throws IOException {
        if (disk.usableBytes(staging.folder()) >= freeBytesNeeded) {
            troubles.ended(Kind.DISK_FULL, staging.folder().toString());
        }
    }

    private Staged staged(Delivery delivery, boolean withEnvelope) throws InterruptedException {
        String where = "hub " + hub + ", position " + delivery.position();
        try {
            if (!hasSpace(delivery)) {
                return new Staged.Later();
            }
            staging.stage(delivery, withEnvelope);
            damaged.remove(delivery.position());
            troubles.ended(Kind.DELIVERY_NOT_FETCHED, where);
            return new Staged.Yes();
        } catch (Staging.Damaged e) {
            int tries = damaged.merge(delivery.position(), 1, Integer::sum);
            if (tries >= DAMAGED_TRIES_MAX) {
                damaged.remove(delivery.position());
                troubles.ended(Kind.DELIVERY_NOT_FETCHED, where);
                return new Staged.Never("fetched " + tries + " times: " + e.getMessage());
            }
            troubles.report(Kind.DELIVERY_NOT_FETCHED, where, e);
            return new Staged.Later();
        } catch (IOException e) {
            troubles.report(Kind.DELIVERY_NOT_FETCHED, where, e);
            return new Staged.Later();
        }
    }

    /// A full disk is one trouble, however many deliveries wait for it to end.
    private boolean hasSpace(Delivery delivery) throws IOException {
        long free = disk.usableBytes(staging.folder());
        String folder = staging.folder().toString();
        if (free < freeBytesMin + delivery.bytes()) {
            freeBytesNeeded = freeBytesMin + delivery.bytes();
            troubles.report(
                    Kind.DISK_FULL,
                    folder,
                    "the disk has " + free + " bytes free; the gateway keeps " + freeBytesMin
                            + " (free-space-min) and the payload has " + delivery.bytes());
            return false;
        }
        troubles.ended(Kind.DISK_FULL, folder);
        return true;
    }

    private boolean record(List<HandedOver> fresh) {
        if (fresh.isEmpty()) {
            return true;
        }
        try {
            disk.force(staging.folder());
            records.write(fresh);
            return true;
        } catch (IOException e) {
            troubles.report(Kind.FOLDER_UNUSABLE, staging.folder().toString(), e);
            fresh.clear();
            return false;
        }
    }

    /// Moves into the DMS's folders what is still staged. Those of a folder that cannot be written wait; others
    /// go on.
    private boolean place(List<HandedOver> all, List<Position> handedOver) {
        Set<String> targets = new LinkedHashSet<>();
        all.forEach(one -> targets.add(one.folder()));
        boolean complete = true;
        for (String target : targets) {
            Path folder = folders.root().resolve(target);
            try {
                List<Position> placed = new ArrayList<>();
                boolean moved = false;
                for (HandedOver one : all) {
                    if (one.folder().equals(target)) {
                        moved |= place(one, folder);
                        placed.add(one.at());
                    }
                }
                if (moved) {
                    disk.force(folder);
                    disk.force(staging.folder());
                }
                handedOver.addAll(placed);
                troubles.ended(Kind.FOLDER_UNUSABLE, folder.toString());
            } catch (IOException e) {
                troubles.report(Kind.FOLDER_UNUSABLE, folder.toString(), e);
                complete = false;
            }
        }
        return complete;
    }

    private boolean place(HandedOver one, Path folder) throws IOException {
        Path payload = staging.payload(one.at());
        Path envelope = staging.envelope(one.at());
        if (!Files.exists(payload)) {
            return false;
        }
        disk.folder(folder);
        if (Files.exists(envelope)) {
            disk.move(envelope, folder.resolve(one.name() + FileNames.ENVELOPE));
        }
        disk.move(payload, folder.resolve(one.name()));
        return true;
    }

    private void recover() throws IOException {
        List<HandedOver> interrupted = new ArrayList<>();
        try (var files = Files.newDirectoryStream(
                staging.folder(), file -> !file.getFileName().toString().contains("."))) {
            for (Path file : files) {
                Position position = Staging.position(file);
                if (position == null) {
                    continue;
                }
                HandedOver one = records.at(position);
                if (one != null && FileDigest.of(file).toString().equals(one.digest())) {
                    interrupted.add(one);
                } else {
                    disk.delete(file);
                }
            }
        }
        interrupted.sort(Comparator.comparingLong(HandedOver::position));
        place(interrupted, new ArrayList<>());
    }

    private void purgeSometimes(int handedOver) {
        if (sincePurge.addAndGet(handedOver) >= PURGE_EVERY) {
            sincePurge.set(0);
            records.keep(RECORDS_KEPT);
        }
    }

    private sealed interface Staged {
        record Yes() implements Staged {}

        record Never(String reason) implements Staged {}

        record Later() implements Staged {}
    }
}
