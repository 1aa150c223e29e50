package aiguillage.console.start;

import aiguillage.console.session.Session;
import aiguillage.console.session.Sessions;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.routing.Flow;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Waits for the first document of a flow, and tells of it as one server-sent event. Woken by the journal: it
/// looks at nothing while nothing comes. Safe from any thread.
final class FirstDocument {

    private static final int WAITING_MAX = 16;
    private static final int READERS_MAX = 100;
    private static final int ENTRIES_LOOKED_AT = 300;
    private static final int BEAT_SECONDS = 15;
    private static final int BEATS_MAX = 40;

    private final Inside hub;
    private final Sessions sessions;
    private final Semaphore places = new Semaphore(WAITING_MAX);

    FirstDocument(Inside hub, Sessions sessions) {
        this.hub = hub;
        this.sessions = sessions;
    }

    /// The newest document of a flow among the newest entries.
    Optional<StartView.First> of(FlowName flow) {
        long newest = hub.parts().ledger().size();
        for (long at = newest; at > 0 && newest - at < ENTRIES_LOOKED_AT; at--) {
            if (hub.parts().documents().entry(new Position(at)) instanceof Entry.DocumentAccepted document
                    && document.envelope().flow().equals(flow)) {
                return Optional.of(new StartView.First(
                        document.envelope().sender().value(),
                        document.envelope().id().value()));
            }
        }
        return Optional.empty();
    }

    /// An answer that ends with the event `first`, or soon after its session.
    ///
    /// @param shown makes the event's HTML, on one line
    Answer awaited(Visit visit, Flow flow, Function<StartView.First, String> shown) {
        Session session = Objects.requireNonNull(visit.session(), "nobody is signed in");
        String token = Objects.requireNonNull(visit.token(), "the session was proved");
        BooleanSupplier isSignedIn = () -> sessions.look(token)
                .filter(open -> open.operator().equals(session.operator()))
                .isPresent();
        return new Answer.Live((response, callback) -> Thread.ofVirtual()
                .name("first-document")
                .start(() -> await(isSignedIn, flow, shown, response, callback)));
    }

    private void await(
            BooleanSupplier isSignedIn,
            Flow flow,
            Function<StartView.First, String> shown,
            Response response,
            Callback callback) {
        if (!places.tryAcquire()) {
            response.setStatus(503);
            response.write(true, ByteBuffer.allocate(0), callback);
            return;
        }
        var woken = new Semaphore(0);
        List<PartyId> readers = flow.readers(hub.parts().flows().table().directory()).stream()
                .limit(READERS_MAX)
                .toList();
        Runnable wake = woken::release;
        readers.forEach(reader -> hub.parts().signals().add(reader, wake));
        try {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
            write(response, ":\n\n", false);
            Optional<StartView.First> first = of(flow.name());
            for (int beat = 0; first.isEmpty() && beat < BEATS_MAX && isGoingOn(isSignedIn); beat++) {
                if (woken.tryAcquire(BEAT_SECONDS, TimeUnit.SECONDS)) {
                    woken.drainPermits();
                    first = of(flow.name());
                } else {
                    write(response, ":\n\n", false); // fails once nobody listens any more
                }
            }
            if (!isSignedIn.getAsBoolean()) {
                first = Optional.empty(); // it may have ended while the document came
            }
            String end = first.map(found -> "event: first\ndata: " + shown.apply(found) + "\n\n")
                    .orElse(":\n\n");
            write(response, end, true);
            callback.succeeded();
        } catch (IOException | InterruptedException | RuntimeException e) {
            callback.failed(e);
            hub.parts().stopIfDamaged(e);
        } finally {
            readers.forEach(reader -> hub.parts().signals().remove(reader, wake));
            places.release();
        }
    }

    private boolean isGoingOn(BooleanSupplier isSignedIn) {
        return !hub.parts().stopping().begun() && isSignedIn.getAsBoolean();
    }

    private static void write(Response response, String text, boolean isLast) throws IOException {
        Content.Sink.write(response, isLast, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
