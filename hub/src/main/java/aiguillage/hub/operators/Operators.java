package aiguillage.hub.operators;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.hub.yard.OperatorKeyRow;
import aiguillage.hub.yard.OperatorRow;
import aiguillage.hub.yard.Outcome;
import aiguillage.hub.yard.People;
import aiguillage.protocol.Digest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who looks after the hub, with which security keys, and who is invited to. Safe from any thread; what changes
/// something waits for the disk, one at a time.
public final class Operators {

    /// At one hub.
    public static final int OPERATORS_MAX = 500;

    /// How long an invitation's link holds.
    public static final Duration LINK_HOLDS = Duration.ofHours(24);

    private static final int LINK_BYTES = 32;

    /// Names under which the hub itself acts.
    private static final Set<String> RESERVED = Set.of("alerts", "operator");

    private static final byte[] FROM = {0};
    private static final byte[] BEHIND = {(byte) 0xff};

    private final Store store;
    private final Journal journal;
    private final InstantSource clock;
    private final SecureRandom random;

    public Operators(Store store, Journal journal, InstantSource clock, SecureRandom random) {
        this.store = store;
        this.journal = journal;
        this.clock = clock;
        this.random = random;
    }

    /// Somebody, and how he can sign in.
    ///
    /// @param keys hashes of what his keys call themselves
    /// @param invitedUntil when his link ends; null: none is open
    public record Known(
            Operator operator, List<Digest> keys, @Nullable Instant invitedUntil) {}

    /// @param link what the link proves; shown once, and kept nowhere
    public record Invitation(Operator operator, String link, Instant expires) {}

    public Optional<Operator> find(String name) {
        return row(name).map(row -> operator(name, row));
    }

    /// Somebody who still has this key: whose session may go on.
    public Optional<Operator> find(String name, Digest key) {
        return row(name).filter(row -> row.keys().contains(key)).map(row -> operator(name, row));
    }

    private Optional<OperatorRow> row(String name) {
        byte[] stored = store.get(Table.OPERATORS, People.key(name));
        return stored == null
                ? Optional.empty()
                : Optional.of(OperatorRow.decode(stored)).filter(row -> !row.isGone());
    }

    /// Whether what somebody did who was removed stands under this name.
    private boolean isGone(String name) {
        byte[] stored = store.get(Table.OPERATORS, People.key(name));
        return stored != null && OperatorRow.decode(stored).isGone();
    }

    private static Operator operator(String name, OperatorRow row) {
        return new Operator(name, Rank.of(row.rank()), row.brands());
    }

    /// All, by name.
    public List<Known> all() {
        return in(store, clock.instant());
    }

    /// All that a store knows, by name, also where no hub runs.
    ///
    /// @param now decides which invitations still hold
    public static List<Known> in(Store store, Instant now) {
        var found = new ArrayList<Known>();
        try (Store.Scan scan = store.scan(Table.OPERATORS, FROM, BEHIND)) {
            while (scan.next()) {
                OperatorRow row = OperatorRow.decode(scan.value());
                if (row.isGone()) {
                    continue;
                }
                boolean isInvited = row.link() != null && row.expires().isAfter(now);
                found.add(new Known(
                        operator(Key.textAt(scan.key(), 0), row), row.keys(), isInvited ? row.expires() : null));
            }
        }
        return found;
    }

    /// Whether anybody can sign in.
    public boolean isAnybodyThere() {
        return all().stream().anyMatch(one -> !one.keys().isEmpty());
    }

    /// A person's keys, in the order in which they were added.
    public List<OperatorKeyRow> keys(String name) {
        var found = new ArrayList<OperatorKeyRow>();
        row(name)
                .map(OperatorRow::keys)
                .orElse(List.of())
                .forEach(hash -> key(hash).ifPresent(found::add));
        return found;
    }

    /// The key that calls itself so.
    ///
    /// @param credential base64url
    public Optional<OperatorKeyRow> key(String credential) {
        return key(People.hash(credential));
    }

    private Optional<OperatorKeyRow> key(Digest hash) {
        byte[] stored = store.get(Table.OPERATOR_KEYS, hash.bytes());
        return stored == null ? Optional.empty() : Optional.of(OperatorKeyRow.decode(stored));
    }

    /// Takes somebody in whom nobody knows yet.
    ///
    /// @param by who decided it, as entries say it
    /// @throws Refused when the name is somebody's, or was; which of them is not said to whoever may not know
    public synchronized void create(Operator operator, String by) {
        requireNew(operator);
        put(operator, by);
    }

    /// Proves that somebody may be taken in whom nobody knows yet.
    ///
    /// @throws Refused as [#create] does
    public void requireNew(Operator operator) {
        if (find(operator.name()).isPresent()) {
            throw unusable();
        }
        requirePuttable(operator);
    }

    private static Refused unusable() {
        return new Refused(
                Problem.BAD_REQUEST,
                "This name cannot be used: it is somebody's, or was, and what was done under it stays that person's."
                        + " Choose another one.");
    }

    /// Takes somebody in, or gives him other rights.
    ///
    /// @param by who decided it, as entries say it
    /// @throws Refused when there are as many as there may be, or no administrator of all brands would be left who
    ///     can sign in
    public synchronized void put(Operator operator, String by) {
        requirePuttable(operator);
        append(new Entry.OperatorChanged(now(), operator.name(), operator.rank().text(), operator.brands(), false, by));
    }

    /// Proves that somebody may be taken in, or have these rights.
    ///
    /// @throws Refused as [#put] does
    public void requirePuttable(Operator operator) {
        if (isGone(operator.name()) || RESERVED.contains(operator.name())) {
            throw unusable();
        }
        List<Known> all = all();
        if (all.size() >= OPERATORS_MAX && find(operator.name()).isEmpty()) {
            throw new Refused(
                    Problem.BAD_REQUEST, "A hub has at most " + OPERATORS_MAX + " operators; remove those who left.");
        }
        if (!isHead(operator)) {
            requireAnother(operator.name(), all);
        }
    }

    private static boolean isHead(Operator operator) {
        return operator.rank() == Rank.ADMINISTER && operator.seesAll();
    }

    /// Whoever cannot be done without stays.
    private static void requireAnother(String name, List<Known> all) {
        List<String> heads = all.stream()
                .filter(one -> isHead(one.operator()) && !one.keys().isEmpty())
                .map(one -> one.operator().name())
                .toList();
        if (heads.equals(List.of(name))) {
            throw new Refused(
                    Problem.BAD_REQUEST,
                    name + " is the only administrator of all brands who can sign in. Invite another one first.");
        }
    }

    /// Gives somebody who is known a link by which he gets a key, once. An earlier link of his ends; with the new
    /// key those he had end too, so that nobody can be him beside him without his noticing.
    ///
    /// @throws Refused when nobody is called so
    public synchronized Invitation invite(String name, String by) {
        Operator operator = require(name);
        byte[] secret = new byte[LINK_BYTES];
        random.nextBytes(secret);
        String link = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Instant expires = now().plus(LINK_HOLDS);
        append(new Entry.OperatorInvited(now(), name, hash(link), expires, by));
        return new Invitation(operator, link, expires);
    }

    /// Whom a link is for, while it holds.
    public Optional<Operator> invited(String link) {
        Digest hash = hash(link);
        Instant now = clock.instant();
        try (Store.Scan scan = store.scan(Table.OPERATORS, FROM, BEHIND)) {
            while (scan.next()) {
                OperatorRow row = OperatorRow.decode(scan.value());
                if (Objects.equals(hash, row.link()) && row.expires().isAfter(now)) {
                    return Optional.of(operator(Key.textAt(scan.key(), 0), row));
                }
            }
        }
        return Optional.empty();
    }

    private static Digest hash(String link) {
        return Digest.of(link.getBytes(StandardCharsets.UTF_8));
    }

    /// Gives somebody a key.
    ///
    /// @param credential what it calls itself, base64url
    /// @param key its public key: COSE, base64url
    /// @param link what allows it; null: the person is signed in
    /// @throws Refused when the link holds no more, the key is somebody's already, or the person has as many as
    ///     anybody may
    public synchronized void addKey(String name, String credential, String key, String label, @Nullable String link) {
        if (label.isBlank() || label.length() > Entry.OperatorKeyAdded.LABEL_CHARS_MAX) {
            throw new Refused(
                    Problem.BAD_REQUEST,
                    "A key's name has 1 to " + Entry.OperatorKeyAdded.LABEL_CHARS_MAX + " characters.");
        }
        Outcome outcome = append(
                new Entry.OperatorKeyAdded(now(), name, credential, key, label, link == null ? null : hash(link)));
        switch (outcome) {
            case Outcome.Recorded _ -> {}
            case Outcome.CodeRefused _ ->
                throw new Refused(
                        Problem.NOT_FOUND, "This link was used, has ended, or was replaced. Ask for another one.");
            default ->
                throw new Refused(
                        Problem.BAD_REQUEST,
                        "This key is known already, or you have " + People.KEYS_MAX + " keys: remove one first.");
        }
    }

    /// Takes a key away from somebody.
    ///
    /// @throws Refused when it is his last one, or he has no such key
    public synchronized void removeKey(String name, Digest credential, String by) {
        List<Digest> keys = row(name).map(OperatorRow::keys).orElse(List.of());
        if (!keys.contains(credential)) {
            throw new Refused(Problem.NOT_FOUND, "There is no such key.");
        }
        if (keys.size() == 1) {
            throw new Refused(Problem.BAD_REQUEST, "This is the only key. Add another one first.");
        }
        append(new Entry.OperatorKeyRemoved(now(), name, credential, by));
    }

    /// Removes somebody with all keys and the open link.
    ///
    /// @throws Refused when nobody is called so, or no administrator of all brands would be left
    public synchronized void remove(String name, String by) {
        Operator operator = requireRemovable(name);
        append(new Entry.OperatorChanged(now(), name, operator.rank().text(), operator.brands(), true, by));
    }

    /// Proves that somebody may be removed.
    ///
    /// @throws Refused as [#remove] does
    public Operator requireRemovable(String name) {
        Operator operator = require(name);
        requireAnother(name, all());
        return operator;
    }

    private Operator require(String name) {
        return find(name).orElseThrow(() -> new Refused(Problem.NOT_FOUND, "There is no operator of that name."));
    }

    private Outcome append(Entry entry) {
        return Journal.await(journal.append(entry)).outcome();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
