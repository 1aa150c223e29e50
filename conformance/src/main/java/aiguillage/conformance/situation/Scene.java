package aiguillage.conformance.situation;

import aiguillage.conformance.driver.DealerDriver;
import aiguillage.conformance.driver.Door;
import aiguillage.conformance.driver.Elements;
import aiguillage.conformance.driver.Identity;
import aiguillage.conformance.driver.Manner;
import aiguillage.conformance.driver.Offer;
import aiguillage.conformance.driver.RestDoor;
import aiguillage.conformance.driver.Said;
import aiguillage.conformance.driver.Waiting;
import aiguillage.conformance.ground.Journal;
import aiguillage.conformance.ground.PracticeHub;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.proof.Receipt;
import aiguillage.protocol.proof.Statement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A situation while it is played: who plays, and what was seen. For one thread.
public final class Scene implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Scene.class);
    private static final Door REST = new RestDoor();

    /// What the journal has of documents, in the order in which it is told. Tables and certificates are the
    /// stage's.
    private static final List<Kind> KINDS = List.of(
            new Kind("document-accepted", "accepted"),
            new Kind("document-refused", "refused"),
            new Kind("delivery-acknowledged", "acknowledged"),
            new Kind("delivery-rejected", "rejected"),
            new Kind("delivery-released", "released"),
            new Kind("delivery-expired", "expired"));

    private final Stage stage;
    private final Door door;
    private final String mark;
    private final long begin;
    private final List<String> seen = new ArrayList<>();
    private final Map<DealerDriver, Identity> opened = new LinkedHashMap<>();
    private final Map<String, DealerDriver> parties = new LinkedHashMap<>();
    private final Set<Looked> looked = new LinkedHashSet<>();
    private int offers;

    /// A kind of entry, and how it is called here.
    private record Kind(String entry, String word) {}

    /// Where something of this scene may still wait.
    private record Looked(DealerDriver reader, FlowName flow) {}

    /// @param mark in every id of this scene, and of no other
    public Scene(Stage stage, Door door, String mark) throws IOException {
        this.stage = stage;
        this.door = door;
        this.mark = mark;
        Journal journal = stage.journal();
        this.begin = journal == null ? 0 : journal.size();
    }

    /// The player: the dealer whose system is looked at.
    public String player() {
        return door.player();
    }

    /// A session of the player, through the door.
    public DealerDriver dealer() {
        return parties.computeIfAbsent(player(), party -> session(identity(party)));
    }

    /// One more session of an identity, through the door.
    public DealerDriver session(Identity identity) {
        DealerDriver driver = door.open(identity, stage.place());
        opened.put(driver, identity);
        return driver;
    }

    /// A party that plays along, by the REST API whatever the door.
    public DealerDriver other(String party) {
        return parties.computeIfAbsent(party, name -> {
            Identity identity = identity(name);
            DealerDriver driver = REST.open(identity, stage.place());
            opened.put(driver, identity);
            return driver;
        });
    }

    /// A party that a situation needs is not at hand.
    public static final class Absent extends RuntimeException {

        @java.io.Serial
        private static final long serialVersionUID = 1;

        private Absent(String party) {
            super("the situation needs the party " + party + ", and nothing of it is given");
        }
    }

    /// @throws Absent when nobody of that name is at hand
    public Identity identity(String party) {
        PracticeHub hub = stage.hub();
        if (hub != null) {
            return hub.identity(party);
        }
        Identity identity = stage.identities().get(party);
        if (identity == null) {
            throw new Absent(party);
        }
        return identity;
    }

    /// The hub, where it is the kit's own.
    public PracticeHub hub() {
        PracticeHub hub = stage.hub();
        if (hub == null) {
            throw new IllegalStateException("the situation needs a hub of the kit's own");
        }
        return hub;
    }

    /// A new document of a flow of brand alpha.
    public Offer offer(String kind) {
        return offer("alpha/" + kind, nextId(), "Joint", null);
    }

    /// A new document for one party.
    public Offer offerFor(String recipient, String kind) {
        return offer("alpha/" + kind, nextId(), "Joint", recipient);
    }

    /// A new document with a text of its own in it.
    public Offer offerWith(String kind, String text) {
        return offer("alpha/" + kind, nextId(), text, null);
    }

    /// An id that no other document has.
    public String nextId() {
        return mark + "-" + ++offers;
    }

    /// A document: the least that STAR's application area asks.
    public Offer offer(String flow, String id, String text, @org.jspecify.annotations.Nullable String recipient) {
        FlowName name = FlowName.of(flow);
        String element = Elements.of(name);
        String destination = recipient == null
                ? ""
                : "<Destination><PartyReceiverID>" + recipient + "</PartyReceiverID></Destination>";
        String content = "<" + element + " xmlns=\"" + Offer.NAMESPACE + "\"><ApplicationArea><CreationDateTime>"
                + "2026-03-17T08:41:22Z</CreationDateTime><BODID>" + id + "</BODID>" + destination
                + "</ApplicationArea><Hours>1.5</Hours><Text>" + text + "</Text></" + element + ">";
        return new Offer(name, id, element, content.getBytes(StandardCharsets.UTF_8), recipient, null);
    }

    /// A document of exactly so many bytes.
    public Offer offerOf(String kind, int bytes) {
        Offer small = offerWith(kind, "");
        var text = new StringBuilder(new String(small.content(), StandardCharsets.UTF_8));
        text.insert(text.indexOf("<Text>") + "<Text>".length(), letters(bytes - small.content().length));
        return small.with(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// Letters of no pattern, so that they have their length on the line too where it is packed.
    private static String letters(int count) {
        return new Random(count)
                .ints(count, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// Notes what was seen.
    public void see(String word) {
        seen.add(word);
    }

    /// Sends a document at once, and notes what was said.
    public Said send(DealerDriver from, Offer offer) {
        return send(from, offer, Manner.AT_ONCE);
    }

    /// Sends a document, and notes what was said; a receipt that does not verify is another word.
    public Said send(DealerDriver from, Offer offer, Manner manner) {
        Said said = from.submit(offer, manner);
        see(word(said, offer));
        return said;
    }

    private String word(Said said, Offer offer) {
        Journal journal = stage.journal();
        if (!(said instanceof Said.Accepted(var receipt)) || journal == null) {
            return said.word();
        }
        try {
            Statement statement = Receipt.verify(receipt, journal.key());
            String payload = String.valueOf(statement.facts().get("payload"));
            return payload.equals(offer.digest().toString()) ? said.word() : "accepted with other bytes";
        } catch (IllegalArgumentException e) {
            return "accepted without a receipt that holds";
        }
    }

    /// Notes whether two answers are one receipt.
    public void compare(Said first, Said second) {
        boolean isSame = first instanceof Said.Accepted(var one)
                && second instanceof Said.Accepted(var two)
                && one.length > 0
                && Arrays.equals(one, two);
        see(isSame ? "same receipt" : "another receipt");
    }

    /// What waits for a reader of one document, of this scene.
    public Optional<Waiting> waiting(DealerDriver reader, Offer offer) {
        return mine(reader, offer.flow()).stream()
                .filter(one -> has(one, offer.id()))
                .findFirst();
    }

    /// All of this scene that waits for a reader on a flow, in the reader's order.
    public List<Waiting> mine(DealerDriver reader, FlowName flow) {
        looked.add(new Looked(reader, flow));
        return reader.pull(flow).stream().filter(one -> has(one, mark + "-")).toList();
    }

    private static boolean has(Waiting waiting, String text) {
        return new String(waiting.content(), StandardCharsets.ISO_8859_1).contains(text);
    }

    /// Notes whether a document waits for a reader, and as it was sent.
    ///
    /// @return the delivery, when there is one
    public Optional<Waiting> look(DealerDriver reader, Offer offer) {
        try {
            Optional<Waiting> found = waiting(reader, offer);
            see(found.map(one -> Arrays.equals(one.content(), offer.content()) ? "offered" : "offered with other bytes")
                    .orElse("not offered"));
            return found;
        } catch (DealerDriver.NotLetIn e) {
            see("shut out");
            return Optional.empty();
        }
    }

    /// Acknowledges what is there, and notes what was said.
    public void acknowledge(DealerDriver reader, Optional<Waiting> waiting) {
        see(waiting.map(one -> reader.acknowledge(one).word()).orElse("nothing to acknowledge"));
    }

    /// Rejects what is there, and notes what was said.
    public void reject(DealerDriver reader, Optional<Waiting> waiting, String reason) {
        see(waiting.map(one -> reader.reject(one, reason).word()).orElse("nothing to reject"));
    }

    /// Two steps at the same instant, each on a thread of its own.
    public List<Said> atOnce(Callable<Said> one, Callable<Said> two) throws Exception {
        var barrier = new CyclicBarrier(2);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Said>> both = new ArrayList<>();
            for (Callable<Said> step : List.of(one, two)) {
                both.add(threads.submit(() -> {
                    barrier.await();
                    return step.call();
                }));
            }
            return List.of(both.get(0).get(), both.get(1).get());
        }
    }

    /// What was seen and, where the journal is open to us, what it got meanwhile.
    public String outcome() throws IOException {
        String words = String.join(", ", seen);
        Journal journal = stage.journal();
        return journal == null ? words : words + Situation.JOURNAL + "journal: " + entries(journal);
    }

    private String entries(Journal journal) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        for (Statement statement : journal.behind(begin)) {
            counts.merge(statement.kind(), 1, Integer::sum);
        }
        var text = new ArrayList<String>();
        for (Kind kind : KINDS) {
            if (counts.containsKey(kind.entry())) {
                text.add(counts.get(kind.entry()) + " " + kind.word());
            }
        }
        return text.isEmpty() ? "nothing" : String.join(", ", text);
    }

    /// Whether the journal has got an entry of a kind since the scene began.
    public boolean hasEntry(String kind) throws IOException {
        Journal journal = stage.journal();
        return journal != null
                && journal.behind(begin).stream().anyMatch(one -> one.kind().equals(kind));
    }

    /// Acknowledges what was looked at and still waits, so that it is in nobody's way. By REST: the player's
    /// own client may be one that reads nothing.
    public void tidy() {
        for (Looked one : List.copyOf(looked)) {
            Identity identity = opened.get(one.reader());
            if (identity != null && identity.credential() != null) {
                tidy(identity, one.flow());
            }
        }
    }

    /// Best effort: whoever is shut out on purpose, or meets a hub without REST, leaves it; the next scene
    /// looks for its own alone.
    private void tidy(Identity identity, FlowName flow) {
        try (DealerDriver session = REST.open(identity, stage.place())) {
            session.pull(flow).stream().filter(one -> has(one, mark + "-")).forEach(session::acknowledge);
        } catch (DealerDriver.NotLetIn | DealerDriver.Unintelligible e) {
            LOG.atDebug().addKeyValue("party", identity.party()).setCause(e).log("What waits was left.");
        }
    }

    /// Ends the sessions.
    @Override
    public void close() {
        opened.keySet().forEach(DealerDriver::close);
    }
}
