package aiguillage.conformance.driver;

import aiguillage.protocol.FlowName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// STAR's transport at `/star/<brand>`: PutMessage and PullMessage, SOAP 1.1 over TLS with a client
/// certificate.
public final class StarDoor implements Door {

    private static final Words MESSAGE = new Words(
            "Le contenu fait partie du message : mal formé, c'est tout le message qui l'est, donc aucun document n'en est connu.",
            "The content is a part of the message: where it is not well-formed, the whole message is not.");
    private static final Words NO_REJECTION = new Words(
            "PullMessage n'a que des accusés : STAR n'a pas de mot pour rejeter. Le même certificat rejette par REST.",
            "PullMessage has receipts alone: STAR has no word to reject. The same certificate rejects by REST.");
    private static final Words NO_ENVELOPE = new Words(
            "Le message ne nomme pas l'expéditeur au hub : le certificat le fait, seul.",
            "The message does not name the sender to the hub: the certificate alone does.");
    private static final Words BY_BYTES = new Words(
            "Un BODID qui n'est pas un identifiant permis n'est pas refusé : le document est nommé par ses octets.",
            "A BODID that no document may have is not refused: the document is named by its bytes.");

    @Override
    public String name() {
        return "star";
    }

    @Override
    public boolean isOpenAt(Place place) {
        return true;
    }

    @Override
    public DealerDriver open(Identity identity, Place place) {
        return new Driver(identity, new HttpLine(identity, place));
    }

    @Override
    public Map<String, Words> inexpressible() {
        return Map.ofEntries(
                Map.entry("reject", NO_REJECTION),
                Map.entry("reject-holds-nothing-back", NO_REJECTION),
                Map.entry("reject-then-release", NO_REJECTION),
                Map.entry("another-sender", NO_ENVELOPE),
                Map.entry("id-too-long", BY_BYTES),
                Map.entry("id-malformed", BY_BYTES));
    }

    @Override
    public Map<String, Otherwise> otherwise() {
        var message = new Otherwise("refused bad-request · journal: nothing", MESSAGE);
        return Map.of(
                "empty", message,
                "not-well-formed", message,
                "external-entity", message,
                "entity-bomb", message,
                "too-deep", message);
    }

    /// One session.
    private static final class Driver implements DealerDriver {

        private static final int ITEMS_MAX = 100;
        private static final Map<String, String> HEADERS =
                Map.of("Content-Type", "text/xml; charset=utf-8", "SOAPAction", "\"\"");

        private final HttpLine line;
        private final RestDoor.Driver rest;

        Driver(Identity identity, HttpLine line) {
            this.line = line;
            this.rest = new RestDoor.Driver(identity, line);
        }

        private static String path(FlowName flow) {
            return "/star/" + flow.brand();
        }

        @Override
        public Said submit(Offer offer, Manner manner) {
            try {
                HttpLine.Answer answer = line.post(path(offer.flow()), HEADERS, StarText.put(offer), manner);
                String text = answer.text();
                if (answer.status() == 200) {
                    byte[] receipt = StarText.receipt(text);
                    if (receipt == null) {
                        throw new Unintelligible("the answer has no receipt: " + text);
                    }
                    return new Said.Accepted(receipt);
                }
                return refused(answer);
            } catch (IOException e) {
                return Problems.broken(e);
            }
        }

        private static Said refused(HttpLine.Answer answer) {
            String text = answer.text();
            return text.contains("Fault>")
                    ? Problems.said(StarText.code(text), StarText.sentence(text))
                    : Problems.said(answer);
        }

        private HttpLine.Answer ask(FlowName flow, @Nullable String receipt) throws IOException {
            return line.post(path(flow), HEADERS, List.of(StarText.pull(receipt, ITEMS_MAX)), Manner.AT_ONCE);
        }

        @Override
        public List<Waiting> pull(FlowName flow) {
            try {
                HttpLine.Answer answer = ask(flow, null);
                if (answer.status() != 200) {
                    throw refused(answer) instanceof Said.ShutOut out
                            ? new NotLetIn(out.how())
                            : new Unintelligible("PullMessage was answered: " + answer.text());
                }
                List<Waiting> found = new ArrayList<>();
                for (StarText.Content content : StarText.contents(answer.text())) {
                    if (content.element().equals(Elements.of(flow))) {
                        found.add(new Waiting(flow, content.id(), content.bytes()));
                    }
                }
                return found;
            } catch (HttpLine.Closed e) {
                throw new NotLetIn(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                throw new Unintelligible("the line broke during PullMessage", e);
            }
        }

        @Override
        public Said acknowledge(Waiting waiting) {
            try {
                HttpLine.Answer answer = ask(waiting.flow(), waiting.handle());
                return answer.status() == 200 ? new Said.Done() : refused(answer);
            } catch (IOException e) {
                return Problems.broken(e);
            }
        }

        @Override
        public Said reject(Waiting waiting, String reason) {
            throw new UnsupportedOperationException(NO_REJECTION.english());
        }

        /// Notices are no BODs; the same certificate reads them by REST.
        @Override
        public List<String> notices(FlowName flow) {
            return rest.notices(flow);
        }

        @Override
        public void close() {
            line.close();
        }
    }
}
