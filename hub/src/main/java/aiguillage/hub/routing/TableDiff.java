package aiguillage.hub.routing;

import aiguillage.hub.directory.Party;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a new table changes, and for whom.
///
/// @param parties what became of parties
/// @param flows what became of flows
/// @param rights who may do what, and could not before; or could, and may no longer. Whoever comes or goes is
///     among them
/// @param datasets what became of datasets
/// @param datasetRights who may do what with the rows of a dataset, as `rights`
public record TableDiff(
        List<PartyChange> parties,
        List<FlowChange> flows,
        List<RightChange> rights,
        List<DatasetChange> datasets,
        List<DatasetRightChange> datasetRights) {

    /// Whether something came, went, or is there and differs.
    public enum Change {
        ADDED("+"),
        REMOVED("-"),
        CHANGED("~");

        private final String sign;

        Change(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }

    /// A key with another value.
    ///
    /// @param before empty where it must not be told
    public record Difference(String key, String after, String before) {

        /// `country fr, was be`.
        @Override
        public String toString() {
            return key + " " + after + (before.isEmpty() ? "" : ", was " + before);
        }
    }

    /// What became of a party.
    ///
    /// @param differences of a changed one
    public record PartyChange(Change change, PartyId party, List<Difference> differences) {

        public PartyChange {
            differences = List.copyOf(differences);
        }
    }

    /// What became of a flow; one for each of its keys that differs.
    ///
    /// @param difference of a changed one; else null
    public record FlowChange(
            Change change, FlowName flow, @Nullable Difference difference) {}

    /// What a party may do with the documents of a flow.
    public enum Use {
        SEND("send"),
        READ("read"),
        COPY("get copies of");

        private final String words;

        Use(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /// Parties that gain or lose the same use of the same flow.
    ///
    /// @param change [Change#ADDED] or [Change#REMOVED]
    /// @param parties at least one
    public record RightChange(Change change, Use use, FlowName flow, SortedSet<PartyId> parties) {}

    /// What became of a dataset; one for each of its keys that differs.
    ///
    /// @param difference of a changed one; else null
    public record DatasetChange(
            Change change, DatasetName dataset, @Nullable Difference difference) {}

    /// What a party may do with the rows of a dataset; to read it is to have a replica.
    public enum DatasetUse {
        PUBLISH,
        READ,
        LOOK_UP
    }

    /// Parties that gain or lose the same use of the same dataset.
    ///
    /// @param change [Change#ADDED] or [Change#REMOVED]
    /// @param parties at least one
    public record DatasetRightChange(Change change, DatasetUse use, DatasetName dataset, SortedSet<PartyId> parties) {}

    /// Compares two tables.
    public static TableDiff between(Table old, Table next) {
        return new TableDiff(
                partyChanges(old, next),
                FlowChanges.between(old, next),
                rightChanges(old, next),
                DatasetChanges.between(old, next),
                DatasetChanges.rights(old, next));
    }

    /// Nothing changes for anybody; the text may still differ.
    public boolean isEmpty() {
        return parties.isEmpty()
                && flows.isEmpty()
                && rights.isEmpty()
                && datasets.isEmpty()
                && datasetRights.isEmpty();
    }

    /// Plain text that fits a terminal: `+` for what is new, `-` for what goes, `~` for what differs.
    public List<String> lines() {
        return DiffText.lines(this);
    }

    private static List<PartyChange> partyChanges(Table old, Table next) {
        var ids = new TreeSet<PartyId>();
        old.parties().forEach(party -> ids.add(party.id()));
        next.parties().forEach(party -> ids.add(party.id()));
        List<PartyChange> changes = new ArrayList<>();
        for (PartyId id : ids) {
            Party before = old.directory().find(id);
            Party after = next.directory().find(id);
            if (before == null) {
                changes.add(new PartyChange(Change.ADDED, id, List.of()));
            } else if (after == null) {
                changes.add(new PartyChange(Change.REMOVED, id, List.of()));
            } else if (!before.equals(after)) {
                changes.add(new PartyChange(Change.CHANGED, id, difference(before, after)));
            }
        }
        return List.copyOf(changes);
    }

    private static List<Difference> difference(Party before, Party after) {
        List<Difference> differences = new ArrayList<>();
        differ(differences, "roles", new TreeSet<>(before.roles()), new TreeSet<>(after.roles()));
        differ(differences, "brands", new TreeSet<>(before.brands()), new TreeSet<>(after.brands()));
        differ(differences, "country", none(before.country()), none(after.country()));
        differ(differences, "region", before.region(), after.region());
        differ(differences, "attributes", sorted(before.attributes()), sorted(after.attributes()));
        differ(differences, "ssh-keys", texts(before.sshKeys()), texts(after.sshKeys()));
        differ(differences, "star-signed", before.starSigned(), after.starSigned());
        if (!Objects.equals(before.password(), after.password())) {
            String now = after.password() == null ? "taken away" : before.password() == null ? "given" : "replaced";
            differences.add(new Difference("password", now, ""));
        }
        differ(
                differences,
                "as4.signing",
                texts(before.as4().signing()),
                texts(after.as4().signing()));
        differ(
                differences,
                "as4.encryption",
                none(before.as4().encryption()),
                none(after.as4().encryption()));
        differ(
                differences,
                "as4.url",
                none(before.as4().url()),
                none(after.as4().url()));
        return differences;
    }

    private static SortedSet<String> texts(Set<?> keys) {
        var texts = new TreeSet<String>();
        keys.forEach(key -> texts.add(key.toString()));
        return texts;
    }

    private static SortedMap<String, SortedSet<String>> sorted(Map<String, Set<String>> attributes) {
        var sorted = new TreeMap<String, SortedSet<String>>();
        attributes.forEach((name, values) -> sorted.put(name, new TreeSet<>(values)));
        return sorted;
    }

    private static Object none(@Nullable Object value) {
        return value == null ? "none" : value;
    }

    private static void differ(List<Difference> differences, String what, Object before, Object after) {
        if (!before.equals(after)) {
            differences.add(new Difference(what, after.toString(), before.toString()));
        }
    }

    private static List<RightChange> rightChanges(Table old, Table next) {
        var names = new TreeSet<FlowName>();
        old.flows().forEach(flow -> names.add(flow.name()));
        next.flows().forEach(flow -> names.add(flow.name()));
        List<RightChange> changes = new ArrayList<>();
        for (FlowName name : names) {
            Map<Use, SortedSet<PartyId>> before = rights(old, name);
            Map<Use, SortedSet<PartyId>> after = rights(next, name);
            for (Use use : Use.values()) {
                add(changes, Change.ADDED, use, name, minus(after, before, use));
                add(changes, Change.REMOVED, use, name, minus(before, after, use));
            }
        }
        return List.copyOf(changes);
    }

    private static void add(
            List<RightChange> changes, Change change, Use use, FlowName flow, SortedSet<PartyId> parties) {
        if (!parties.isEmpty()) {
            changes.add(new RightChange(change, use, flow, parties));
        }
    }

    private static SortedMap<Use, SortedSet<PartyId>> rights(Table table, FlowName name) {
        var rights = new TreeMap<Use, SortedSet<PartyId>>();
        table.flow(name).ifPresent(flow -> {
            rights.put(Use.SEND, flow.senders(table.directory()));
            rights.put(Use.READ, flow.readers(table.directory()));
            rights.put(Use.COPY, flow.copies());
        });
        return rights;
    }

    private static SortedSet<PartyId> minus(
            Map<Use, SortedSet<PartyId>> some, Map<Use, SortedSet<PartyId>> others, Use use) {
        var rest = new TreeSet<>(some.getOrDefault(use, new TreeSet<>()));
        rest.removeAll(others.getOrDefault(use, new TreeSet<>()));
        return rest;
    }
}
