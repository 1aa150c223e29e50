package aiguillage.simulation.check;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What was published of one dataset, and who may see which of its rows: plain maps.
public final class ListTruth {

    /// All scopes: everything, or the rows of one country.
    public static final List<String> SCOPES = List.of("*", "country=de", "country=fr");

    /// All keys that a row can have: a country and a part.
    public static final List<Key> KEYS = keys();

    private static final int PARTS = 7;
    private static final int PRICES = 1_000;
    private static final int GONE_ONCE_IN = 5;
    private static final int DATED_ONCE_IN = 3;

    private final String name;
    private final Map<Long, Version> all = new TreeMap<>();
    private final List<State> states = new ArrayList<>();
    private final Set<String> wrongLayers = new HashSet<>();

    /// A version, with all its rows.
    ///
    /// @param from the one before it; 0: there is none
    public record Version(
            long number,
            long from,
            Instant published,
            Instant effective,
            boolean isSealed,
            NavigableMap<Key, Rows> rows) {

        /// The rows that a scope sees.
        public NavigableMap<Key, Rows> seen(String scope) {
            NavigableMap<Key, Rows> seen = new TreeMap<>(rows);
            seen.keySet().removeIf(key -> !sees(scope, key));
            return seen;
        }

        /// The rows of a key that a scope sees.
        Rows seen(String scope, Key key) {
            return sees(scope, key) ? rows.getOrDefault(key, Rows.NONE) : Rows.NONE;
        }
    }

    /// How things stood from an instant on.
    ///
    /// @param scopes by party
    private record State(Instant since, List<Version> standing, Map<String, String> scopes) {}

    /// @param scopes of the parties that read it, at first
    public ListTruth(String name, Instant now, Map<String, String> scopes) {
        this.name = name;
        states.add(new State(now, List.of(), scopes));
    }

    private static List<Key> keys() {
        List<Key> keys = new ArrayList<>();
        for (String country : List.of("de", "fr")) {
            for (int part = 0; part < PARTS; part++) {
                keys.add(Key.of(List.of(country, "p" + part)));
            }
        }
        return keys;
    }

    private static boolean sees(String scope, Key key) {
        return scope.equals("*") || scope.equals("country=" + key.cells().getFirst());
    }

    /// As `opel/prices`.
    public String name() {
        return name;
    }

    private State now() {
        return states.getLast();
    }

    /// The versions that are in force, were, or are to come.
    public List<Version> standing() {
        return now().standing;
    }

    public @Nullable Version newest() {
        return standing().isEmpty() ? null : standing().getLast();
    }

    /// Any version that ever was.
    public @Nullable Version version(long number) {
        return all.get(number);
    }

    /// Which rows this party sees, or null when it does not read the dataset.
    public @Nullable String scope(String party) {
        return now().scopes.get(party);
    }

    /// How many versions there were.
    public int versions() {
        return all.size();
    }

    /// The next version: some rows are others than in the one before.
    public Version publish(Instant now, Instant effective, boolean isSealed, RandomGenerator random, int changes) {
        Version before = newest();
        NavigableMap<Key, Rows> rows = new TreeMap<>(before == null ? Map.of() : before.rows);
        for (int i = 0; i < changes; i++) {
            Key key = KEYS.get(random.nextInt(KEYS.size()));
            if (random.nextInt(GONE_ONCE_IN) == 0) {
                rows.remove(key);
            } else {
                rows.put(key, rows(effective, random));
            }
        }
        var version = new Version(all.size() + 1L, before == null ? 0 : before.number, now, effective, isSealed, rows);
        all.put(version.number, version);
        List<Version> standing = new ArrayList<>(standing());
        standing.add(version);
        states.add(new State(now, List.copyOf(standing), now().scopes));
        return version;
    }

    private static Rows rows(Instant effective, RandomGenerator random) {
        String price = Integer.toString(random.nextInt(PRICES));
        if (random.nextInt(DATED_ONCE_IN) > 0) {
            return Rows.of(List.of(new Row(null, null, List.of(price))));
        }
        Instant change = Instant.ofEpochMilli(effective.toEpochMilli() + random.nextInt(20_000));
        return Rows.of(List.of(
                new Row(null, change, List.of(price)),
                new Row(change, null, List.of(Integer.toString(random.nextInt(PRICES))))));
    }

    /// Takes back the version that stands last, when it does not hold yet.
    ///
    /// @return whether there was one
    public boolean withdraw(Instant now) {
        Version last = newest();
        if (last == null || !last.effective.isAfter(now)) {
            return false;
        }
        List<Version> standing = standing();
        states.add(new State(now, List.copyOf(standing.subList(0, standing.size() - 1)), now().scopes));
        return true;
    }

    /// Another contract.
    ///
    /// @param scope null: the party reads it no more
    public void contract(Instant now, String party, @Nullable String scope) {
        Map<String, String> scopes = new TreeMap<>(now().scopes);
        if (scope == null) {
            scopes.remove(party);
        } else {
            scopes.put(party, scope);
        }
        states.add(new State(now, standing(), scopes));
    }

    /// Whether this version was withdrawn.
    public boolean isWithdrawn(long number) {
        return standing().stream().noneMatch(version -> version.number == number);
    }

    /// The version that holds at an instant, by all that is known now; null when none does.
    public @Nullable Version inForce(Instant at) {
        return inForce(now(), at);
    }

    private static @Nullable Version inForce(State state, Instant at) {
        Version found = null;
        for (Version version : state.standing) {
            found = version.effective.isAfter(at) ? found : version;
        }
        return found;
    }

    /// Whether this version held at this instant, by what was known now or at some moment since.
    boolean held(long number, Instant at, Instant since) {
        return wasSo(since, state -> {
            Version held = inForce(state, at);
            return held != null && held.number == number;
        });
    }

    /// Whether the party saw these rows now or at some moment since.
    boolean saw(String party, String scope, Instant since) {
        return wasSo(since, state -> scope.equals(state.scopes.get(party)));
    }

    private boolean wasSo(Instant since, Predicate<State> what) {
        for (State state : states.reversed()) {
            if (what.test(state)) {
                return true;
            }
            if (state.since.isBefore(since)) {
                return false;
            }
        }
        return false;
    }

    /// The hub made a layer in which a change is missing.
    public void wrong(String layer) {
        wrongLayers.add(layer);
    }

    boolean isWrong(String layer) {
        return wrongLayers.contains(layer);
    }
}
