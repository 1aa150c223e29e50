package aiguillage.simulation.check;

import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.proof.LedgerKey;
import aiguillage.protocol.proof.Receipt;
import aiguillage.protocol.proof.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the clients of one run were told, held against what lies on the hubs' disks.
public final class Truth {

    private final Findings findings;
    private final Map<String, Hub> hubs = new TreeMap<>();
    private final Map<String, Sent> sent = new HashMap<>();
    private final Map<String, byte[]> receipts = new HashMap<>();
    private final Map<String, byte[]> receiptOf = new HashMap<>();
    private final Map<String, Long> orders = new HashMap<>();
    private long receiptsSeen;

    private record Hub(PartyId name, HubTruth journal, LedgerKey key, Map<Long, String> heads) {}

    /// A document as its sender made it. No two have the same bytes.
    ///
    /// @param order its number among those of its sender and flow; they must come to the hub in this order. 0 where
    ///     the sender promises no order
    public record Sent(String hub, String sender, String flow, String name, byte[] bytes, long order) {

        public String digest() {
            return Digest.of(bytes).toString();
        }
    }

    public Truth(Findings findings) {
        this.findings = findings;
    }

    public Findings findings() {
        return findings;
    }

    public void hub(PartyId name, HubTruth journal, LedgerKey key) {
        hubs.put(name.value(), new Hub(name, journal, key, new TreeMap<>()));
    }

    public HubTruth journal(String hub) {
        return found(hub).journal;
    }

    private Hub found(String hub) {
        Hub found = hubs.get(hub);
        if (found == null) {
            throw new AssertionError("there is no hub " + hub);
        }
        return found;
    }

    public long receiptsSeen() {
        return receiptsSeen;
    }

    public int documents() {
        return hubs.values().stream().mapToInt(hub -> hub.journal.documents()).sum();
    }

    /// Somebody is about to send this.
    public void sends(Sent document) {
        sent.put(document.digest(), document);
    }

    /// A client holds this receipt for this document (I1, I2).
    ///
    /// @param id under which it was sent
    public void receipt(String hubName, String sender, String id, String digest, byte[] receipt) {
        receiptsSeen++;
        receiptOf.put(digest, receipt);
        Hub hub = found(hubName);
        byte[] before = receipts.putIfAbsent(hubName + " " + sender + " " + id, receipt);
        findings.require(
                before == null || Arrays.equals(before, receipt),
                "I2 once",
                sender + " got two different receipts of " + hubName + " for " + id);
        Statement statement;
        try {
            statement = Receipt.verify(receipt, hub.key.verifier());
        } catch (IllegalArgumentException e) {
            findings.violated(
                    "I1 durable", "a receipt of " + hubName + " for " + id + " does not hold: " + e.getMessage());
            return;
        }
        Map<String, String> facts = statement.facts();
        findings.require(
                sender.equals(facts.get("sender")) && id.equals(facts.get("id")) && digest.equals(facts.get("payload")),
                "I1 durable",
                "the receipt for " + id + " of " + sender + " says " + facts);
        HubTruth.Accepted accepted = hub.journal.accepted(sender, id);
        findings.require(
                accepted != null
                        && accepted.position() == statement.position().value()
                        && accepted.payload().equals(digest),
                "I1 durable",
                "a receipt was given for " + id + " of " + sender + " at " + statement.position()
                        + ", but on the hub's disk stands " + accepted);
        shown(hub, Receipt.ofJson(receipt).checkpoint());
    }

    /// Whether these bytes are the receipt that was given for a document.
    public boolean isReceipt(String digest, byte[] bytes) {
        return Arrays.equals(receiptOf.get(digest), bytes);
    }

    /// All heads ever shown belong to one growing tree; the roots are checked at the end.
    private void shown(Hub hub, String checkpoint) {
        String[] lines = checkpoint.split("\n", 4);
        String before = hub.heads.putIfAbsent(Long.parseLong(lines[1]), lines[2]);
        findings.require(
                before == null || before.equals(lines[2]),
                "I1 durable",
                hub.name + " showed two heads over " + lines[1] + " entries");
    }

    /// A client was told that an id belongs to another document.
    public void conflict(String hubName, String sender, String id, String digest) {
        HubTruth.Accepted accepted = found(hubName).journal.accepted(sender, id);
        findings.require(
                accepted != null && !accepted.payload().equals(digest),
                "I2 once",
                hubName + " told " + sender + " that " + id + " is taken, but there stands " + accepted);
    }

    /// A delivery arrives at a reader.
    ///
    /// @param after the position before it on the same stream, or where the stream began
    public void offered(
            String hubName, String reader, long position, long after, String sender, String id, String digest) {
        HubTruth journal = found(hubName).journal;
        HubTruth.Offer offer = journal.offer(reader, position);
        if (offer == null) {
            findings.violated(
                    "I4 need to know",
                    reader + " was given " + id + " of " + sender + " at " + position + ", which is not for it");
            return;
        }
        boolean notice = offer.flow().endsWith(".notice");
        findings.require(
                notice
                        || (offer.document().id().equals(id)
                                && offer.document().sender().equals(sender)),
                "I4 need to know",
                reader + " was given " + id + " of " + sender + " as " + offer);
        findings.require(
                notice || offer.document().payload().equals(digest),
                "bytes",
                reader + " was given other bytes than were sent as " + offer);
        findings.require(
                position > after, "order", reader + " was given " + position + " behind " + after + " by " + hubName);
        HubTruth.Offer passedOver = journal.waitingBetween(reader, after, position);
        findings.require(
                passedOver == null,
                "I3 nothing dropped",
                reader + " was given " + position + " behind " + after + ", passing over " + passedOver);
    }

    /// Every document sent stands once in the right journal, in its sender's order.
    public void everythingArrived() {
        List<Sent> all = new ArrayList<>(sent.values());
        all.sort(java.util.Comparator.comparingLong(Sent::order).thenComparing(Sent::name));
        for (Sent document : all) {
            List<Long> positions = found(document.hub).journal.withPayload(document.digest());
            findings.require(
                    positions.size() == 1,
                    positions.isEmpty() ? "I1 durable" : "I2 once",
                    document.name + " of " + document.sender + " stands at " + positions + " in the journal of "
                            + document.hub);
            if (document.order > 0 && positions.size() == 1) {
                Long before = orders.put(document.sender + " " + document.flow, positions.getFirst());
                findings.require(
                        before == null || before < positions.getFirst(),
                        "order",
                        document.name + " of " + document.sender + " came to " + document.hub + " at " + positions
                                + ", the one before it at " + before);
            }
        }
    }

    /// What can be checked of a journal while nobody writes to it.
    public void hubRests(String name) {
        HubTruth journal = found(name).journal;
        journal.absorb();
        journal.requireNothingLost();
        journal.compareViews();
    }

    /// Everything, at the end of a run.
    public void end() {
        for (Hub hub : hubs.values()) {
            hubRests(hub.name.value());
            new Replay(hub.journal, hub.name, hub.key, findings).check(hub.heads);
        }
    }
}
