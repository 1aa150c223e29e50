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
import java.lang.classfile.MethodModel;

/// The planted bugs: what each does, where, and at how many places the change must be found.
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
            1);

    private final String what;
    private final String className;
    private final String method;

    @SuppressWarnings("ImmutableEnumChecker") // two functions without state
    private final Edit edit;

    private final int places;

    Planted(String what, String className, String method, Edit edit, int places) {
        this.what = what;
        this.className = "aiguillage." + className;
        this.method = method;
        this.edit = edit;
        this.places = places;
    }

    /// In one sentence, for people.
    public String what() {
        return what;
    }

    String className() {
        return className;
    }

    /// The class with the bug in it.
    ///
    /// @throws IllegalStateException when its place is not where it was
    byte[] plantedIn(byte[] bytes) {
        var file = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(Planted.class.getClassLoader())));
        int[] found = new int[1];
        CodeTransform change = (code, element) -> {
            if (edit.isMeant().test(element)) {
                found[0]++;
                edit.instead().accept(code, element);
            } else {
                code.with(element);
            }
        };
        byte[] changed =
                file.transformClass(file.parse(bytes), ClassTransform.transformingMethodBodies(this::isMeant, change));
        if (found[0] != places) {
            throw new IllegalStateException(this + ": " + className + "." + method + " has " + found[0]
                    + " places for it, not " + places + ". Plant it anew where the code has gone.");
        }
        return changed;
    }

    private boolean isMeant(MethodModel model) {
        return model.methodName().equalsString(method);
    }
}
