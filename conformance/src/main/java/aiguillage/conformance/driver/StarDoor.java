package aiguillage.conformance.driver;

import aiguillage.pki.Credential;
import aiguillage.protocol.FlowName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// STAR's transport at `/star/<brand>`: PutMessage and PullMessage, SOAP 1.1 over TLS with a client
/// certificate; plain, or signed by WS-Security (STAR's Level 2), and then answers must be signed, too.
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

    private static final Words SIGNED = new Words("Chaque message est signé.", "Every message is signed.");
    private static final Words NO_COMMENTS = new Words(
            "Une signature ne couvre pas les commentaires : ce qui est signé n'en a pas.",
            "A signature does not cover comments: what is signed has none.");

    private final boolean isSigned;

    private StarDoor(boolean isSigned) {
        this.isSigned = isSigned;
    }

    /// Messages without a signature.
    public static StarDoor plain() {
        return new StarDoor(false);
    }

    /// Signed messages.
    public static StarDoor signed() {
        return new StarDoor(true);
    }

    @Override
    public String name() {
        return isSigned ? "star2" : "star";
    }

    @Override
    public DealerDriver open(Identity identity, Place place) {
        Credential credential = isSigned ? identity.credential() : null;
        return new Driver(
                new RestDoor.Driver(identity, place), credential == null ? null : new StarSignature(credential));
    }

    @Override
    public Map<String, Words> inexpressible() {
        Map<String, Words> inexpressible = new HashMap<>();
        inexpressible.put("reject", NO_REJECTION);
        inexpressible.put("reject-holds-nothing-back", NO_REJECTION);
        inexpressible.put("reject-then-release", NO_REJECTION);
        inexpressible.put("another-sender", NO_ENVELOPE);
        inexpressible.put("id-too-long", BY_BYTES);
        inexpressible.put("id-malformed", BY_BYTES);
        if (isSigned) {
            inexpressible.put("sections-and-comments", NO_COMMENTS);
        }
        return inexpressible;
    }

    @Override
    public Map<String, Otherwise> otherwise() {
        var message = new Otherwise("refused bad-request · journal: nothing", MESSAGE);
        Map<String, Otherwise> otherwise = new HashMap<>();
        for (String id : List.of("empty", "not-well-formed", "external-entity", "entity-bomb", "too-deep")) {
            otherwise.put(id, message);
        }
        if (isSigned) {
            otherwise.put("unsigned", new Otherwise("accepted · journal: 1 accepted", SIGNED));
        }
        return otherwise;
    }

    /// One session.
    private static final class Driver implements DealerDriver {

        private static final int ITEMS_MAX = 100;
        private static final Map<String, String> HEADERS =
                Map.of("Content-Type", "text/xml; charset=utf-8", "SOAPAction", "\"\"");

        private final RestDoor.Driver rest;
        private final @Nullable StarSignature signature;

        /// @param rest over whose connection it speaks, too
        /// @param signature null: messages are plain
        Driver(RestDoor.Driver rest, @Nullable StarSignature signature) {
            this.rest = rest;
            this.signature = signature;
        }

        private HttpLine.Answer post(FlowName flow, Function<StarText.Marks, List<byte[]>> message, Manner manner)
                throws IOException {
            List<byte[]> sent = signature == null ? message.apply(StarText.Marks.NONE) : signature.signed(message);
            HttpLine.Answer answer = rest.line().post(path(flow), HEADERS, sent, manner);
            if (signature != null && answer.status() == 200) {
                signature.requireSigned(answer.body(), rest.line().peer());
            }
            return answer;
        }

        private static String path(FlowName flow) {
            return "/star/" + flow.brand();
        }

        @Override
        public Said submit(Offer offer, Manner manner) {
            try {
                HttpLine.Answer answer = post(offer.flow(), marks -> StarText.put(offer, marks), manner);
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
            return post(flow, marks -> StarText.pull(receipt, ITEMS_MAX, marks), Manner.AT_ONCE);
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
            rest.close();
        }
    }
}
