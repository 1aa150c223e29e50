package aiguillage.gateway.page;

import aiguillage.gateway.inbox.HandedOver;
import aiguillage.gateway.link.HttpHistory;
import aiguillage.gateway.outbox.DocumentState;
import aiguillage.gateway.outbox.Notice;
import aiguillage.gateway.outbox.Outbox;
import aiguillage.protocol.Brand;
import aiguillage.protocol.DocumentId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/find`, `/document` and its receipt: where is my claim?
final class DocumentPages {

    static final int FOUND_MAX = 100;

    private final PageParts gateway;
    private final HubQuestions hubs;
    private final Failures failures = new Failures();

    DocumentPages(PageParts gateway, HubQuestions hubs) {
        this.gateway = gateway;
        this.hubs = hubs;
    }

    Shown find(PageWords words, Browser browser) {
        String question = browser.query("q");
        if (question.isEmpty()) {
            return Shown.page("page/find", "view", new Found("", List.of(), List.of(), true, List.of()));
        }
        Outbox.Search search = gateway.outbox().search(question, FOUND_MAX);
        List<Found.Document> documents =
                search.found().stream().map(state -> document(state, words)).toList();
        List<Found.Received> received = gateway.inboxes().stream()
                .flatMap(inbox -> inbox.search(question, FOUND_MAX).stream())
                .limit(FOUND_MAX)
                .map(DocumentPages::received)
                .toList();
        // The number in a claim is not in its file's name: who finds nothing here did not look wrong.
        boolean asksHubs = browser.query("hub").equals("1") || (documents.isEmpty() && received.isEmpty());
        List<Found.Hub> answers = asksHubs
                ? hubs.withKey(question).stream().map(one -> hub(one, words)).toList()
                : List.of();
        return Shown.page("page/find", "view", new Found(question, documents, received, search.isWhole(), answers));
    }

    private static Found.Received received(HandedOver delivery) {
        return new Found.Received(delivery.id(), delivery.name(), delivery.folder(), delivery.sender());
    }

    private Found.Document document(DocumentState state, PageWords words) {
        return new Found.Document(
                state.id(),
                state.name(),
                state.flow(),
                level(state),
                words.of("state." + word(state)),
                words.time(state.changed()),
                Failures.link(state));
    }

    private Level level(DocumentState state) {
        return switch (word(state)) {
            case "refused", "failed" -> Level.BAD;
            case "waiting" -> Level.WARN;
            default -> Level.GOOD;
        };
    }

    /// Where a document is, in one word.
    private String word(DocumentState state) {
        List<Notice> notices = Notice.last(failures.notices(state));
        return switch (state.state()) {
            case WAITING -> "waiting";
            case REFUSED -> "refused";
            case ACCEPTED -> {
                if (notices.stream().anyMatch(Notice::isFailure)) {
                    yield "failed";
                }
                yield notices.stream().anyMatch(notice -> notice.state().equals("delivered"))
                        ? "delivered"
                        : "accepted";
            }
        };
    }

    private static Found.Hub hub(HubQuestions.Answer answer, PageWords words) {
        String failure = answer.failure();
        return new Found.Hub(
                answer.hub(),
                failure == null ? "" : words.of(failure),
                answer.stories().stream().map(story -> story(story, words)).toList());
    }

    private static Found.Story story(HttpHistory.Story story, PageWords words) {
        return new Found.Story(
                story.id(),
                story.sender(),
                story.flow(),
                words.time(story.accepted()),
                story.fates().stream()
                        .map(fate -> fate(fate.state(), fate.reader(), fate.since(), fate.reason(), words))
                        .toList());
    }

    private static String fate(String state, String reader, String time, String reason, PageWords words) {
        String key = "fate." + state;
        String said = words.texts().containsKey(key)
                ? words.of(key, reader, words.time(time))
                : words.of("fate.other", reader, words.time(time), state);
        return reason.isEmpty() ? said : words.of("fate.reason", said, reason);
    }

    Shown one(PageWords words, Browser browser) throws PageRefused {
        DocumentState state = state(browser);
        String word = word(state);
        boolean isFailed = word.equals("refused") || word.equals("failed");
        Brand brand = new Brand(browser.query("brand"));
        boolean asksHub = browser.query("hub").equals("1");
        String ofHub = gateway.hubOf().get(brand);
        Found.@Nullable Hub answer = asksHub && ofHub != null ? hub(hubs.document(ofHub, state.id()), words) : null;
        String receipt = "?brand=" + brand + "&id=" + Failures.encoded(state.id());
        return Shown.page(
                "page/document",
                "view",
                new DocumentView(
                        state.id(),
                        state.name(),
                        state.flow(),
                        level(state),
                        words.of("state." + word + ".long", words.time(state.changed())),
                        isFailed ? failures.of(state, words) : null,
                        failures.notices(state).stream()
                                .map(one -> fate(one.state(), one.reader(), one.time(), one.reason(), words))
                                .toList(),
                        state.receipt() != null,
                        Failures.link(state),
                        receipt,
                        answer));
    }

    /// The receipt itself: the proof, byte for byte.
    Shown receipt(Browser browser) throws PageRefused {
        DocumentState state = state(browser);
        return new Shown.File("application/json", state.name() + ".receipt.json", proof(state));
    }

    /// The receipt as a sheet for the file.
    Shown pdf(PageWords words, Browser browser) throws PageRefused, IOException {
        DocumentState state = state(browser);
        byte[] sheet = new ReceiptPdf(words)
                .of(state.id(), state.name(), proof(state), gateway.clock().instant());
        return new Shown.File("application/pdf", state.name() + ".receipt." + words.language() + ".pdf", sheet);
    }

    private static byte[] proof(DocumentState state) throws PageRefused {
        String receipt = state.receipt();
        if (receipt == null) {
            throw PageRefused.of(404, "refused.no-receipt");
        }
        return receipt.getBytes(StandardCharsets.UTF_8);
    }

    private DocumentState state(Browser browser) throws PageRefused {
        try {
            var brand = new Brand(browser.query("brand"));
            var id = new DocumentId(browser.query("id"));
            return gateway.outbox().document(brand, id).orElseThrow(() -> PageRefused.of(404, "refused.unknown"));
        } catch (IllegalArgumentException noName) {
            throw PageRefused.of(404, "refused.unknown");
        }
    }
}
