package aiguillage.simulation.planted;

import static aiguillage.simulation.planted.Edit.call;
import static aiguillage.simulation.planted.Edit.constant;
import static aiguillage.simulation.planted.Edit.equal;
import static aiguillage.simulation.planted.Edit.keep;
import static aiguillage.simulation.planted.Edit.skip;
import static aiguillage.simulation.planted.Edit.small;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.util.List;

/// The planted bugs: what each does, and where.
public enum Planted {
    TOLD_BEFORE_WRITTEN(
            "entries are told before their batch is written",
            "hub.journal.Writer",
            "commit",
            call("Store", "write", "writeLate"),
            1),
    NOT_WRITTEN("a batch is not written at all", "hub.journal.Writer", "commit", skip("Store", "write"), 1),
    SIGNED_BEFORE_APPENDED(
            "the head is signed before its last entry is in it",
            "hub.ledger.Ledger",
            "sign",
            call("Growth", "size", "oneLess"),
            1),
    EDGE_NOT_ADVANCED("the ledger's edge stays behind", "hub.journal.Writer", "commit", keep("edge"), 1),
    APPLIED_OUT_OF_ORDER(
            "entries are applied in another order than they are recorded",
            "hub.journal.Writer",
            "commit",
            call("Yard", "apply", "applyNext"),
            1),
    NOBODY_WOKEN(
            "the notary tells nobody that something came",
            "hub.journal.Journal",
            "tell",
            skip("Consumer", "accept"),
            1),
    LAST_OF_COMMIT_NOT_TOLD(
            "the notary skips the last entry of a commit",
            "hub.journal.Journal",
            "tell",
            call("List", "size", "allButOne"),
            2),
    KNOWN_BY_ID_ONLY(
            "a retry is known by its id, its content is not compared",
            "hub.yard.DocumentRow",
            "sameContent",
            small(0, 1),
            1),
    SENDER_FORGOTTEN(
            "an id counts for all senders", "hub.yard.DocumentRow", "key", call("PartyId", "value", "nobody"), 1),
    RECEIPT_OF_ANOTHER(
            "a retry gets the receipt of another document",
            "hub.yard.Yard",
            "accept",
            call("DocumentRow", "position", "before"),
            2),
    UNACKNOWLEDGED_FORGOTTEN(
            "what was offered is not offered again after a reconnect",
            "hub.mailbox.Mailboxes",
            "ofFlow",
            call("List", "isEmpty", "yes"),
            1),
    RESUMED_ONE_TOO_FAR("a stream goes on one position too far", "hub.mailbox.Mailboxes", "scan", constant(1, 2), 2),
    POSITION_NOT_KEPT("a stream does not move on", "hub.mailbox.Feed", "deliveries", keep("position"), 1),
    REJECTED_VANISHES("a rejected delivery is not in quarantine", "hub.yard.Yard", "reject", skip("Overlay", "put"), 1),
    REJECTED_STAYS("a rejected delivery stays in the mailbox", "hub.yard.Yard", "reject", skip("Overlay", "delete"), 1),
    EXPIRES_TOO_EARLY(
            "deliveries expire as soon as they are offered",
            "hub.routing.Route",
            "accepted",
            call("Terms", "offeredFor", "noTime"),
            1),
    WRONG_READER(
            "deliveries go to another party's mailbox",
            "hub.yard.Yard",
            "accept",
            call("Reader", "party", "auditor"),
            1),
    COPIES_FORGOTTEN("copies are not made", "hub.routing.CompiledFlow", "readers", skip("SortedSet", "forEach"), 1),
    RELEASED_IN_PLACE(
            "a released delivery gets no new position",
            "hub.yard.Yard",
            "release",
            call("DeliveryRow", "at", "unmoved"),
            1),
    NOTICE_FORGOTTEN("the sender is not told of the end", "hub.yard.Yard", "told", skip("Yard", "offer"), 1),
    DAMAGE_SERVED("checksums are not compared", "hub.store.Checked", "unwrap", equal(), 1),
    RETRY_UNDER_NEW_ID(
            "each attempt to send has an id of its own",
            "gateway.outbox.FlowSender",
            "attempt",
            call("Submitter", "submit", "submitAnew"),
            1),
    ACKNOWLEDGED_TOO_EARLY(
            "deliveries are acknowledged before they are handed over",
            "gateway.link.HandOverLine",
            "handedOver",
            call("Inbox", "handOver", "handOverLate"),
            1),
    STAGED_FORGOTTEN(
            "recovery throws away what was staged", "gateway.inbox.Inbox", "recover", skip("HandOvers", "at"), 1),
    STAGING_NOT_FORCED(
            "the names of staged files are not forced", "gateway.inbox.Inbox", "record", skip("Disk", "force"), 1),
    TAKEN_NOT_DURABLE(
            "the record of a document taken is not durable", "gateway.outbox.FlowQueue", "take", small(1, 0), 1),
    FILED_WITHOUT_RECEIPT(
            "a document is filed without its receipt", "gateway.outbox.Filing", "file", skip("Disk", "write"), 2),
    OVERTAKEN(
            "deliveries overtake one that could not be handed over",
            "gateway.link.InHand",
            "add",
            skip("Map", "get"),
            1),
    COMPARE_SKIPPED(
            "the rows' hash is not compared with the root after a fold",
            "dataset.replica.Work",
            "endFolding",
            call("String", "equals", "same"),
            1),
    JUDGED_RIGHT(
            "rows count as right whatever their hash is",
            "dataset.replica.Work",
            "judge",
            call("String", "equals", "same"),
            1),
    HELD_EARLY("a version holds before its instant", "dataset.replica.Standing", "at", skip("Instant", "isBefore"), 1),
    HISTORY_LOST(
            "what a fold replaces does not go into the history",
            "dataset.replica.Folding",
            "replace",
            skip("List", "forEach"),
            1),
    HISTORY_ONE_OFF("the history is read one version too late", "dataset.replica.History", "at", constant(1, 2), 1),
    HALF_FOLD_UNSEEN(
            "during a fold rows are read as if it was done",
            "dataset.replica.Answers",
            "isFoldedOver",
            skip("Standing", "folding"),
            1),
    ABSENCE_FORGOTTEN(
            "versions that a replica never had are passed over in silence",
            "dataset.replica.Answers",
            "end",
            skip("Version", "skippedSince"),
            1),
    GAP_TAKEN(
            "a change is taken over a gap",
            new Spot("gateway.replica.Keeper", "fits", skip("VersionStatement", "number"), 2),
            new Spot("dataset.replica.Coming", "adopt", skip("Coming", "requireNext"), 1)),
    WITHDRAWN_KEPT("a withdrawn version stays", "gateway.replica.Keeper", "withdraw", skip("Replica", "withdraw"), 1),
    CONTRACT_FORGOTTEN(
            "a replica stays as it is when its dealer may see other rows",
            "gateway.replica.Keeper",
            "isAt",
            call("String", "equals", "same"),
            1),
    MISSED_NOT_ASKED("what was missed is not asked for", "gateway.replica.Keeper", "hear", keep("mustAsk"), 4);

    private static final String OURS = "aiguillage.";

    private final String what;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final List<Spot> spots;

    /// One change: in which class and method, and at how many places it must be found. A bug that a second part of the
    /// product would put right has two.
    private record Spot(String className, String method, Edit edit, int places) {}

    Planted(String what, String className, String method, Edit edit, int places) {
        this(what, new Spot(className, method, edit, places));
    }

    Planted(String what, Spot... spots) {
        this.what = what;
        this.spots = List.of(spots);
    }

    /// In one sentence, for people.
    public String what() {
        return what;
    }

    /// The classes that it is in.
    List<String> classNames() {
        return spots.stream().map(spot -> OURS + spot.className).toList();
    }

    /// The class with the bug in it.
    ///
    /// @throws IllegalStateException when its place is not where it was
    byte[] plantedIn(String className, byte[] bytes) {
        byte[] changed = bytes;
        for (Spot spot : spots) {
            changed = className.equals(OURS + spot.className) ? plantedIn(spot, changed) : changed;
        }
        return changed;
    }

    private byte[] plantedIn(Spot spot, byte[] bytes) {
        var file = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(Planted.class.getClassLoader())));
        int[] found = new int[1];
        CodeTransform change = (code, element) -> {
            if (spot.edit.isMeant().test(element)) {
                found[0]++;
                spot.edit.instead().accept(code, element);
            } else {
                code.with(element);
            }
        };
        byte[] changed = file.transformClass(
                file.parse(bytes),
                ClassTransform.transformingMethodBodies(
                        method -> method.methodName().equalsString(spot.method), change));
        if (found[0] != spot.places) {
            throw new IllegalStateException(this + ": " + spot.className + "." + spot.method + " has " + found[0]
                    + " places for it, not " + spot.places + ". Plant it anew where the code has gone.");
        }
        return changed;
    }
}
