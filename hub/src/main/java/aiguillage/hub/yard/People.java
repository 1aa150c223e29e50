package aiguillage.hub.yard;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Overlay;
import aiguillage.hub.store.Table;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Position;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What entries do to those who look after the hub, and to their keys. Only the journal's writer thread uses it.
public final class People {

    /// Of one person.
    public static final int KEYS_MAX = 10;

    private People() {}

    /// The key of a row of [Table#OPERATORS].
    public static byte[] key(String operator) {
        return Key.text(operator).done();
    }

    /// The hash of what a security key calls itself: the key of a row of [Table#OPERATOR_KEYS].
    ///
    /// @param credential base64url
    public static Digest hash(String credential) {
        return Digest.of(credential.getBytes(StandardCharsets.US_ASCII));
    }

    static Outcome change(Position position, Entry.OperatorChanged e, Overlay views) {
        OperatorRow row = row(e.operator(), views);
        if (e.isRemoved()) {
            if (row == null || row.isGone()) {
                return new Outcome.Ended();
            }
            put(e.operator(), OperatorRow.gone(), views);
            row.keys().forEach(hash -> views.delete(Table.OPERATOR_KEYS, hash.bytes()));
            return new Outcome.Recorded(position);
        }
        if (row == null) {
            put(e.operator(), new OperatorRow(e.rank(), e.brands(), null, Instant.EPOCH, List.of()), views);
            return new Outcome.Recorded(position);
        }
        if (row.isGone() || (row.rank().equals(e.rank()) && row.brands().equals(e.brands()))) {
            return new Outcome.Ended();
        }
        put(e.operator(), new OperatorRow(e.rank(), e.brands(), row.link(), row.expires(), row.keys()), views);
        return new Outcome.Recorded(position);
    }

    static Outcome invite(Position position, Entry.OperatorInvited e, Overlay views) {
        OperatorRow row = row(e.operator(), views);
        if (row == null || row.isGone()) {
            return new Outcome.Ended();
        }
        put(e.operator(), new OperatorRow(row.rank(), row.brands(), e.link(), e.expires(), row.keys()), views);
        return new Outcome.Recorded(position);
    }

    static Outcome addKey(Position position, Entry.OperatorKeyAdded e, Overlay views) {
        OperatorRow row = row(e.operator(), views);
        Digest hash = hash(e.credential());
        if (e.link() != null) {
            if (row == null || !Objects.equals(e.link(), row.link())) {
                return new Outcome.CodeRefused(Outcome.CodeFault.UNKNOWN);
            }
            if (!row.expires().isAfter(e.time())) {
                return new Outcome.CodeRefused(Outcome.CodeFault.EXPIRED);
            }
        }
        if (row == null || row.isGone()) {
            return new Outcome.Ended();
        }
        boolean isUsed = e.link() != null;
        List<Digest> kept = isUsed ? List.of() : row.keys();
        boolean isOthers = views.get(Table.OPERATOR_KEYS, hash.bytes()) != null
                && !(isUsed && row.keys().contains(hash));
        if (kept.size() >= KEYS_MAX || isOthers) {
            return new Outcome.Ended();
        }
        if (isUsed) { // whoever has the link is this person from now on, and nobody else is any more
            row.keys().forEach(old -> views.delete(Table.OPERATOR_KEYS, old.bytes()));
        }
        var keys = new ArrayList<>(kept);
        keys.add(hash);
        put(
                e.operator(),
                new OperatorRow(
                        row.rank(),
                        row.brands(),
                        isUsed ? null : row.link(),
                        isUsed ? Instant.EPOCH : row.expires(),
                        keys),
                views);
        views.put(
                Table.OPERATOR_KEYS,
                hash.bytes(),
                new OperatorKeyRow(e.operator(), e.credential(), e.key(), e.label(), e.time()).encode());
        return new Outcome.Recorded(position);
    }

    static Outcome removeKey(Position position, Entry.OperatorKeyRemoved e, Overlay views) {
        OperatorRow row = row(e.operator(), views);
        if (row == null || !row.keys().contains(e.credential())) {
            return new Outcome.Ended();
        }
        var keys = new ArrayList<>(row.keys());
        keys.remove(e.credential());
        put(e.operator(), new OperatorRow(row.rank(), row.brands(), row.link(), row.expires(), keys), views);
        views.delete(Table.OPERATOR_KEYS, e.credential().bytes());
        return new Outcome.Recorded(position);
    }

    private static @Nullable OperatorRow row(String operator, Overlay views) {
        byte[] stored = views.get(Table.OPERATORS, key(operator));
        return stored == null ? null : OperatorRow.decode(stored);
    }

    private static void put(String operator, OperatorRow row, Overlay views) {
        views.put(Table.OPERATORS, key(operator), row.encode());
    }
}
