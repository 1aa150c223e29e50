package aiguillage.gateway.replica;

import aiguillage.dataset.layer.DamagedLayer;
import aiguillage.dataset.layer.Seal;
import aiguillage.dataset.replica.Health;
import aiguillage.dataset.replica.Replica;
import aiguillage.dataset.replica.Verified;
import aiguillage.dataset.replica.Version;
import aiguillage.gateway.disk.FileDigest;
import aiguillage.gateway.pace.Backoff;
import aiguillage.gateway.status.Trouble.Kind;
import aiguillage.protocol.Digest;
import aiguillage.protocol.proof.VersionStatement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one replica where its dataset stands at the hub. One thread, its own; nothing else changes the replica.
///
/// Each round takes what was told, asks the hub when that does not fit, opens and folds what holds, and puts right what
/// differs. Some moments after a version came it asks once more, so that the hub knows what is here ([Confirmation]).
/// After a failure the hub is left alone, longer each time, or for as long as it wants; what it tells is taken
/// in meanwhile, and what is here is folded. Nothing is lost by that: a round begins from what is on the disk.
///
/// Whatever goes wrong here is this dataset's trouble alone. What a hub sends can be anything, and other brands'
/// datasets and documents are none of its business: so also an exception that nobody foresaw ends the round, and
/// not the gateway.
final class Keeper implements Runnable {

    /// All rows are hashed again so often: damage in rows that nobody reads is found within this time, or, where the
    /// computer was off then, soon after the next start.
    static final Duration VERIFY_EVERY = Duration.ofHours(24);

    /// All rows are hashed no more often than this, however many answers cannot be read.
    static final Duration SUSPECT_AGAIN = Duration.ofMinutes(1);

    /// The longest wait without news, so that what is due by the hub's time is not missed when the machine slept.
    private static final Duration ROUND_LONGEST = Duration.ofMinutes(1);

    /// A sealed version is due by our estimate of the hub's time, and not yet by the hub's.
    private static final Duration STILL_SEALED = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(Keeper.class);

    private final Place place;
    private final @Nullable Keeper before;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final KeptReplica kept;
    private final Mail mail;
    private final Around around;
    private final Downloads downloads;
    private final Repairs repairs;
    private final NewestHeld newestHeld;
    private final Backoff backoff;
    private final Confirmation confirmation;
    private boolean mustAsk;
    private boolean mustVerify;
    private @Nullable Instant restsUntil;
    private boolean isNew;

    /// By the hub's time, when the versions that are here stood there as well. What held by then is not taken back.
    private Instant stood = Instant.MIN;

    /// By the hub's time, as it is on the disk; null: not read from there yet.
    private @Nullable Instant verified;

    /// By the steady clock, when all rows were hashed last because somebody could not read one.
    private @Nullable Instant suspected;

    private @Nullable String written;

    /// @param before the keeper of the same folder that was told to drop it, or null
    Keeper(Place place, KeptReplica kept, Mail mail, Around around, @Nullable Keeper before) {
        this.place = place;
        this.before = before;
        this.kept = kept;
        this.mail = mail;
        this.around = around;
        this.downloads =
                new Downloads(place.coming(), kept.name(), around.source(), around.disk(), around.freeBytesMin());
        this.repairs = new Repairs(kept.name(), around.source(), downloads);
        this.newestHeld = new NewestHeld(place.newestHeld(), around.key(), around.disk());
        this.backoff = around.backoff().get();
        this.confirmation = around.confirmation().get();
    }

    /// Whether its thread has come to its end.
    boolean isEnded() {
        return ended.getCount() == 0;
    }

    KeptReplica kept() {
        return kept;
    }

    Mail mail() {
        return mail;
    }

    @Override
    public void run() {
        try {
            if (before != null) {
                before.ended.await();
            }
            while (!mail.isDropped()) {
                mail.await(around.pause(), round());
            }
            remove();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    /// One round. It waits for nobody but the hub's answers: what is told meanwhile is heard in the next.
    ///
    /// @return how long nothing is to be done unless something is told
    Duration round() throws InterruptedException {
        try {
            Replica replica = open();
            boolean isWell = takeIn(replica);
            Duration next = settle(replica); // also when the hub could not be asked: what is here holds at its time
            lookThrough(replica);
            if (isWell) {
                worked(replica);
                return confirmation.until(around.clock().steady(), next);
            }
            Duration rest = rest();
            return next.compareTo(rest) < 0 ? next : rest;
        } catch (BeginAnew e) {
            begin(e);
            leaveAlone(null);
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
        return rest();
    }

    /// @return whether all that there is to know was taken in
    private boolean takeIn(Replica replica) throws InterruptedException, BeginAnew {
        try {
            mustAsk |= around.clock().hasSleptSince(mail.asked()); // only an answer says what time it is now
            hear(replica);
            if (mustAsk) {
                mail.behind();
                ask(replica);
            } else if (confirmation.isDue(around.clock().steady())) {
                ask(replica);
            }
            return true;
        } catch (IOException | RuntimeException e) {
            failed(e);
            return false;
        }
    }

    private void failed(Exception e) throws InterruptedException {
        switch (e) {
            case Resting _ -> {} // that it rests was said when it began
            case DatasetSource.NotOurs _ -> {
                mustAsk = true;
                leaveAlone(null);
                around.lookAgain().look(); // it may not be ours any more: then it is dropped
            }
            case DatasetSource.Unreachable _ -> leaveAlone(null); // the line has told people why
            case DatasetSource.Said said -> {
                around.troubles().report(Kind.DATASET_NOT_FETCHED, where(), said);
                leaveAlone(said.after());
            }
            case Downloads.NoRoom full -> {
                around.troubles().report(Kind.DISK_FULL, place.folder().toString(), full);
                leaveAlone(null);
            }
            default -> {
                around.troubles().report(Kind.DATASET_NOT_FETCHED, where(), e);
                leaveAlone(null);
            }
        }
    }

    /// The hub is left alone for a while; what it tells by itself is taken in all the same.
    ///
    /// @param asked for how long, if it said so
    private void leaveAlone(@Nullable Duration asked) {
        restsUntil = around.clock().steady().plus(backoff.failed(asked));
    }

    /// How much longer the hub is left alone.
    private Duration rest() {
        Instant until = restsUntil;
        return until == null ? Duration.ZERO : Duration.between(around.clock().steady(), until);
    }

    /// Before each question to the hub that is not part of another.
    private void requireRested() throws Resting {
        if (rest().isPositive()) {
            throw new Resting();
        }
    }

    /// Something is to be asked, and the hub is left alone for now.
    private static final class Resting extends IOException {
        private static final long serialVersionUID = 1L;

        Resting() {
            super("the hub is left alone for a while");
        }
    }

    private String where() {
        return kept.name().toString();
    }

    private void worked(Replica replica) throws IOException {
        backoff.worked();
        restsUntil = null;
        Version base = replica.base();
        if (base != null && base.number() < newestHeld.number()) {
            String older = "version " + newestHeld.number() + " held here, and the hub has " + base.number()
                    + " as the newest: it offers an older list, or lost versions. Only if its operator says that it lost"
                    + " them, remove the file " + newestHeld + " and start the gateway again";
            around.troubles().report(Kind.DATASET_NOT_FETCHED, where(), older);
        } else {
            around.troubles().ended(Kind.DATASET_NOT_FETCHED, where());
        }
        around.troubles().ended(Kind.DATASET_DIFFERS, where());
        around.troubles().ended(Kind.DISK_FULL, place.folder().toString());
    }

    /// The replica cannot go on from what is on the disk.
    private static final class BeginAnew extends Exception {
        private static final long serialVersionUID = 1L;

        BeginAnew(String message, @Nullable Exception cause) {
            super(message, cause);
        }
    }

    /// Opens the replica where it stopped.
    private Replica open() throws IOException, BeginAnew {
        Optional<Replica> open = kept.replica();
        if (open.isPresent()) {
            return open.get();
        }
        around.disk().folder(place.folder());
        write(kept.subscription());
        try {
            Replica replica = around.opener().open(place.rows(), place.stack());
            kept.newestHeld(newestHeld.number());
            kept.opened(replica);
            isNew = replica.base() == null;
            return replica;
        } catch (IOException | RuntimeException e) {
            throw new BeginAnew("its rows cannot be opened or read", e);
        }
    }

    /// Opens it before the first round, so that it answers from the start on.
    void openIfPossible() {
        try {
            open();
        } catch (IOException | RuntimeException | BeginAnew e) {
            log.atWarn()
                    .setCause(e)
                    .addKeyValue("dataset", kept.name())
                    .log("A replica could not be opened; its keeper tries again.");
        }
    }

    /// A list begins with an empty folder; the hub has all of it.
    private void begin(BeginAnew reason) {
        log.atWarn()
                .setCause(reason)
                .addKeyValue("dataset", kept.name())
                .log("A replica begins anew with a whole list.");
        try {
            mail.lost();
            mustAsk = true;
            close();
            place.removeRows();
        } catch (IOException | RuntimeException e) {
            around.troubles().report(Kind.FOLDER_UNUSABLE, place.folder().toString(), e);
        }
    }

    private void remove() {
        close();
        try {
            place.remove();
            log.atInfo()
                    .addKeyValue("dataset", kept.name())
                    .log("A dataset is this dealer's no more; its replica went.");
        } catch (IOException | RuntimeException e) {
            around.troubles().report(Kind.FOLDER_UNUSABLE, place.folder().toString(), e);
        }
    }

    void close() {
        kept.replica().ifPresent(replica -> {
            kept.opened(null);
            replica.close();
        });
    }

    /// Takes in what was told.
    private void hear(Replica replica) throws IOException, InterruptedException, BeginAnew {
        Mail.Told told = mail.take();
        mustAsk |= told.asks();
        mustVerify |= told.suspects();
        Mail.Stands said = told.stands();
        Subscription stands = said == null ? null : said.subscription();
        if (stands != null) {
            kept.subscribed(stands);
        }
        try {
            if (stands != null) {
                write(stands);
            }
            hear(replica, told.news());
            mustAsk |= !isAt(replica, stands); // now: news of before it may have taken back what was here
        } catch (IOException | RuntimeException e) {
            mustAsk = true; // something is not taken in
            throw e;
        }
        if (mustAsk) {
            return;
        }
        mail.caughtUp();
        if (said != null) {
            stood = later(stood, said.now());
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    private static boolean isAt(Replica replica, @Nullable Subscription stands) {
        if (stands == null) {
            return true;
        }
        Version newest = newest(replica);
        return newest == null
                ? stands.newest() == 0
                : newest.number() == stands.newest() && newest.scope().equals(stands.scope());
    }

    /// What cannot be taken in does not keep the rest from it: a key that came behind a layer opens what is here.
    private void hear(Replica replica, List<DatasetNews> news) throws IOException, InterruptedException, BeginAnew {
        IOException first = null;
        for (DatasetNews one : news) {
            try {
                hear(replica, one);
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void hear(Replica replica, DatasetNews news) throws IOException, InterruptedException, BeginAnew {
        switch (news) {
            case DatasetNews.Came(var offers) -> {
                if (!fits(replica, offers)) {
                    mustAsk = true;
                    return;
                }
                for (Offer offer : offers.versions()) {
                    adoptNext(replica, offer);
                }
                stood = later(stood, offers.now());
            }
            case DatasetNews.Withdrawn(var _, var _, var left) -> withdrawn(replica, left);
            case DatasetNews.Opened(var _, var _, var version, var from, var seal) ->
                unseal(replica, version, from, seal);
            case DatasetNews.Standing _, DatasetNews.Unreadable _ ->
                throw new AssertionError("this is told to all datasets at once");
        }
    }

    /// An answer may have overtaken this: then a later version holds by now, and only another answer says what stands.
    private void withdrawn(Replica replica, long left) throws IOException {
        try {
            withdraw(replica, left + 1);
        } catch (BeginAnew e) {
            mustAsk = true;
        }
    }

    /// Adopts what an event brought, unless it is here already.
    private void adoptNext(Replica replica, Offer offer) throws IOException, InterruptedException, BeginAnew {
        Version newest = newest(replica);
        if (newest == null || around.key().verified(kept.name(), offer.note()).number() > newest.number()) {
            adopt(replica, offer);
        }
    }

    /// Whether what an event brings goes on where the replica is.
    private boolean fits(Replica replica, Offers offers) throws IOException, InterruptedException {
        Version newest = newest(replica);
        long number = newest == null ? 0 : newest.number();
        if (offers.left() != null || (newest != null && !newest.scope().equals(offers.scope()))) {
            return false;
        }
        for (Offer offer : offers.versions()) {
            VersionStatement said = around.key().verified(kept.name(), offer.note());
            if (said.number() > number && said.from() != number) {
                return false;
            }
            number = Math.max(number, said.number());
        }
        return true;
    }

    private void ask(Replica replica) throws IOException, InterruptedException, BeginAnew {
        Version newest = newest(replica);
        if (newest == null) {
            takeAll(replica);
        } else {
            take(replica, newest.number(), newest.scope());
        }
    }

    /// A whole list, and what is to come.
    private void takeAll(Replica replica) throws IOException, InterruptedException, BeginAnew {
        mail.lost(); // half of it is nothing that ever held
        take(replica, 0, null);
    }

    /// Asks what follows, and takes it in.
    private void take(Replica replica, long after, @Nullable String scope)
            throws IOException, InterruptedException, BeginAnew {
        requireRested();
        Instant asked = around.clock().steady();
        Offers offers = around.source().offers(kept.name(), after, scope);
        around.clock().answered(asked, offers.now());
        mail.answered(asked);
        confirmation.said(asked);
        Long left = offers.left();
        if (left != null) {
            comesAnew(replica, left + 1);
        }
        for (Offer offer : offers.versions()) {
            adopt(replica, offer);
        }
        downloads.clear();
        mustAsk = false;
        mail.caughtUp();
        stood = later(stood, offers.now());
    }

    private void adopt(Replica replica, Offer offer) throws IOException, InterruptedException, BeginAnew {
        VersionStatement said = around.key().verified(kept.name(), offer.note());
        Version version = Version.of(said);
        Version newest = newest(replica);
        if (version.equals(newest)) {
            return; // it came twice
        }
        if (newest != null && newest.number() > said.number()) {
            comesAnew(replica, said.number() + 1); // what is to come comes again behind it
        }
        if (replica.versions().contains(version)) {
            forget(replica, version);
        }
        byte[] inline = offer.layer();
        if (inline == null) {
            requireRested();
        }
        Path layer = inline == null
                ? downloads.layer(said.number(), said.from(), said.layer(), said.bytes())
                : downloads.put(said.layer(), inline);
        adopt(replica, version, layer);
        Instant due = around.clock().read().isHubs() ? around.clock().read().now() : Instant.MIN;
        if (waiting(replica) >= Replica.STACKED_MAX - 1) {
            replica.fold(due); // one more would not be taken
        }
    }

    /// The rows are to become what they were before, as when a scope changes and changes back. A replica has
    /// each version once, so it forgets what was.
    private void forget(Replica replica, Version version) throws IOException, BeginAnew {
        Instant now = around.clock().read().now();
        replica.fold(now);
        replica.forget(now);
        if (replica.versions().contains(version)) {
            throw new BeginAnew("version " + version.number() + " comes again, with other rows after it", null);
        }
    }

    private void adopt(Replica replica, Version version, Path layer) throws IOException, BeginAnew {
        try {
            replica.adopt(version, layer);
        } catch (DamagedLayer e) {
            around.disk().delete(layer);
            throw e;
        } catch (IllegalArgumentException e) {
            around.disk().delete(layer);
            throw new BeginAnew("what the hub has does not go on where this replica is", e);
        }
        confirmation.came(around.clock().steady());
        log.atInfo()
                .addKeyValue("dataset", kept.name())
                .addKeyValue("version", version.number())
                .addKeyValue("effective", version.effective())
                .log("A version came.");
    }

    private static int waiting(Replica replica) {
        Version base = replica.base();
        List<Version> all = replica.versions();
        return base == null ? all.size() : all.size() - 1 - all.lastIndexOf(base);
    }

    private static @Nullable Version newest(Replica replica) {
        List<Version> versions = replica.versions();
        return versions.isEmpty() ? null : versions.getLast();
    }

    /// In between, an older version would seem to hold.
    private void comesAnew(Replica replica, long from) throws IOException, BeginAnew {
        mail.lost();
        withdraw(replica, from);
    }

    private static void withdraw(Replica replica, long from) throws IOException, BeginAnew {
        try {
            replica.withdraw(from);
        } catch (IllegalStateException e) {
            throw new BeginAnew("a version was withdrawn that is among the rows already", e);
        }
    }

    /// An event's key opens the layer that was made for the same version as ours; for another, ours is asked for.
    private static void unseal(Replica replica, long number, long from, Seal seal) throws IOException {
        boolean isOurs =
                replica.versions().stream().anyMatch(version -> version.number() == number && version.from() == from);
        if (isOurs) {
            replica.unseal(number, seal);
        }
    }

    /// Brings what holds by the hub's time into the rows, and makes them right.
    ///
    /// @return how long nothing more is due
    private Duration settle(Replica replica) throws IOException, InterruptedException, BeginAnew {
        HubClock.Reading time = around.clock().read();
        if (!time.isHubs()) {
            return ROUND_LONGEST; // folded is what the hub calls due: the dealer's clock may be wrong
        }
        for (Health health = replica.health(time.now()); health instanceof Health.Unreadable(var version, var _); ) {
            if (!opened(replica, version, time.now())) {
                return STILL_SEALED;
            }
            health = replica.health(time.now());
        }
        try {
            if (replica.fold(time.now()) != null) {
                repair(replica);
            }
        } catch (DamagedLayer e) {
            return Duration.ZERO; // it counts as unreadable now: the next round fetches it once more
        }
        if (replica.health(time.now()) instanceof Health.Differs) {
            repair(replica);
            replica.fold(time.now());
        }
        if (replica.health(time.now()) instanceof Health.Exact(var version, var proven) && !proven) {
            throw new BeginAnew(
                    "below version " + version.number() + ", a whole list, one cannot be read: it would stay there",
                    null);
        }
        remember(replica);
        replica.forget(time.now().minus(around.history()));
        return untilDue(replica, time.now());
    }

    private void remember(Replica replica) throws IOException {
        Version base = replica.base();
        if (base != null) {
            newestHeld.holds(base, stood);
        }
        kept.newestHeld(newestHeld.number());
    }

    private static Duration untilDue(Replica replica, Instant now) {
        Duration wait = ROUND_LONGEST;
        for (Version version : replica.versions()) {
            Duration until = Duration.between(now, version.effective());
            if (until.isPositive() && until.compareTo(wait) < 0) {
                wait = until;
            }
        }
        return wait;
    }

    /// Opens a version that is due and cannot be read: with its key, or with its layer once more.
    ///
    /// @param now at which it is due
    /// @return false when the hub does not give the key yet
    private boolean opened(Replica replica, Version version, Instant now)
            throws IOException, InterruptedException, BeginAnew {
        requireRested();
        Optional<Seal> seal = around.source().seal(kept.name(), version.number(), version.from());
        if (seal.isEmpty()) {
            return false;
        }
        try {
            replica.unseal(version.number(), seal.get());
        } catch (DamagedLayer e) {
            log.atWarn().setCause(e).addKeyValue("dataset", kept.name()).log("A sealed layer is damaged.");
        }
        if (isUnreadable(replica, version, now)) {
            again(replica, version);
        }
        if (isUnreadable(replica, version, now)) {
            throw new BeginAnew("version " + version.number() + " cannot be read though it came once more", null);
        }
        return true;
    }

    private static boolean isUnreadable(Replica replica, Version version, Instant now) {
        return replica.health(now) instanceof Health.Unreadable(var still, var _) && still.equals(version);
    }

    /// A layer comes once more. When the hub makes another one now, as of a version that was sealed, that one
    /// is taken instead.
    private void again(Replica replica, Version version) throws IOException, InterruptedException, BeginAnew {
        Path layer;
        try (var content = around.source().layer(kept.name(), version.number(), version.from(), 0)) {
            layer = downloads.fresh("again", content, Repairs.LAYER_BYTES_MAX);
        }
        Digest announced = Digest.ofHeader(version.layer());
        if (!FileDigest.of(layer).equals(announced)) {
            around.disk().delete(layer);
            comesAnew(replica, version.number());
            mustAsk = true;
            ask(replica);
            return;
        }
        adopt(replica, version, layer);
    }

    /// Bucket by bucket; when that does not help, with a whole list.
    private void repair(Replica replica) throws IOException, InterruptedException, BeginAnew {
        around.troubles()
                .report(Kind.DATASET_DIFFERS, where(), "rows differ from the signed root of " + replica.base());
        requireRested();
        if (repairs.byBuckets(replica)) {
            log.atWarn().addKeyValue("dataset", kept.name()).log("Rows that differed were put right by buckets.");
            return;
        }
        takeAll(replica);
        Instant now = around.clock().read().now();
        if (replica.fold(now) != null || replica.health(now) instanceof Health.Differs) {
            throw new BeginAnew("its rows are not those of the signed root, with a whole list neither", null);
        }
        log.atWarn().addKeyValue("dataset", kept.name()).log("Rows that differed were put right by a whole list.");
    }

    /// Hashes all rows again, when somebody could not read one, and once a day.
    private void lookThrough(Replica replica) throws IOException, InterruptedException, BeginAnew {
        HubClock.Reading time = around.clock().read();
        if (replica.base() == null || !time.isHubs()) {
            return;
        }
        if (isNew) {
            verified(time.now()); // they were hashed as they were written
            isNew = false;
        }
        Instant steady = around.clock().steady();
        boolean mayBeDamaged = mustVerify && (suspected == null || !steady.isBefore(suspected.plus(SUSPECT_AGAIN)));
        if (!mayBeDamaged && !isVerifyDue(time.now())) {
            return;
        }
        Verified found;
        try {
            found = replica.verify();
        } catch (IOException | UncheckedIOException e) {
            throw new BeginAnew("its rows, or what they were before, cannot be read", e);
        }
        suspected = mustVerify ? steady : suspected;
        mustVerify = false;
        verified(time.now());
        if (!found.exact()) {
            repair(replica);
        }
    }

    /// A computer that is off at night does not run for a day: so the last time is kept on the disk.
    private boolean isVerifyDue(Instant now) throws IOException {
        Instant last = verified;
        if (last == null) {
            last = Files.exists(place.verified()) ? instant(Files.readString(place.verified())) : Instant.EPOCH;
            verified = last;
        }
        return last.isAfter(now) || !last.plus(VERIFY_EVERY).isAfter(now);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text.strip());
        } catch (DateTimeException unreadable) {
            return Instant.EPOCH; // as if never
        }
    }

    private void verified(Instant now) throws IOException {
        around.disk().replace(place.verified(), now.toString().getBytes(StandardCharsets.UTF_8));
        verified = now;
    }

    private void write(Subscription now) throws IOException {
        if (!now.json().equals(written)) {
            around.disk().replace(place.subscription(), now.json().getBytes(StandardCharsets.UTF_8));
            written = now.json();
        }
    }
}
