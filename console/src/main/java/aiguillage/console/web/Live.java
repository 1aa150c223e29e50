package aiguillage.console.web;

import aiguillage.console.session.Session;
import aiguillage.console.session.Sessions;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps pages that somebody looks at up to date, as server-sent events. Once a second each scene that is
/// looked at is made once, whoever many look at it, and its bytes are handed to all of them where they differ
/// from the last ones. Who still receives the last ones is passed over: nothing is kept for slow browsers, they
/// get the newest next. Safe from any thread.
public final class Live implements AutoCloseable {

    /// Pages that are kept up to date at the same time.
    public static final int VIEWERS_MAX = 200;

    /// Of one session.
    public static final int EACH_MAX = 10;

    private static final int BEAT_TICKS = 15;
    private static final long TOLD_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final byte[] BEAT = ": beat\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final Logger LOG = LoggerFactory.getLogger(Live.class);

    private final Sessions sessions;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("console-live").factory());
    private final List<Viewer> viewers = new CopyOnWriteArrayList<>();
    private Map<Scene, Frame> shown = new HashMap<>();
    private long frames;
    private long toldNanos;

    /// What somebody looks at. Equal ones look the same to all who look, and are made once.
    public interface Scene {

        /// How it looks now, as the HTML of a part of a page.
        byte[] html();
    }

    /// @param sessions whoever is in none any more looks no longer
    public Live(Sessions sessions) {
        this.sessions = sessions;
        var _ = ticker.scheduleWithFixedDelay(this::tickOrTell, 1, 1, TimeUnit.SECONDS);
    }

    /// Has a visitor look at a scene, from now on.
    ///
    /// @throws Refused when too many look
    public Answer show(Visit visit, Scene scene) {
        if (viewers.size() >= VIEWERS_MAX) {
            throw new Refused(
                    Problem.TOO_MANY_REQUESTS,
                    "Too many pages are kept up to date. This one is, when it is loaded again.");
        }
        Session session = Objects.requireNonNull(visit.session(), "nobody is signed in");
        long own = viewers.stream()
                .filter(viewer -> viewer.session.number() == session.number())
                .count();
        if (own >= EACH_MAX) {
            throw new Refused(
                    Problem.TOO_MANY_REQUESTS,
                    "Too many pages of yours are kept up to date. Close some, then load this one again.");
        }
        String token = Objects.requireNonNull(visit.token(), "the session was proved");
        return new Answer.Live((response, callback) -> {
            response.setStatus(200);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream;charset=utf-8");
            var viewer = new Viewer(scene, session, token, response, callback);
            viewers.add(viewer);
            viewer.write(BEAT);
        });
    }

    /// How many look.
    public int viewers() {
        return viewers.size();
    }

    private void tickOrTell() {
        try {
            tick();
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("Pages were not kept up to date for a second; read the cause.");
        }
    }

    /// Makes and hands out what is looked at. Does nothing where nobody looks.
    synchronized void tick() {
        if (viewers.isEmpty()) {
            shown = new HashMap<>();
            return;
        }
        var now = new HashMap<Scene, Frame>();
        for (Viewer viewer : viewers) {
            if (viewer.isSignedIn()) {
                viewer.show(now.computeIfAbsent(viewer.scene, this::frameOrLast));
            } else {
                viewer.end();
            }
        }
        shown = now;
    }

    /// How a scene looked; looking the same, it has the same number.
    private record Frame(long number, byte[] bytes) {

        /// Nothing that anybody is shown.
        private static final Frame NONE = new Frame(0, new byte[0]);
    }

    /// A scene that cannot be made stays as it was, and holds back no other.
    private Frame frameOrLast(Scene scene) {
        try {
            return frame(scene);
        } catch (RuntimeException | Error e) {
            long now = System.nanoTime();
            if (toldNanos == 0 || now - toldNanos >= TOLD_EVERY_NANOS) {
                toldNanos = now;
                LOG.atError().setCause(e).log("A page was not kept up to date; told once a minute; read the cause.");
            }
            Frame last = shown.get(scene);
            return last == null ? Frame.NONE : last;
        }
    }

    private Frame frame(Scene scene) {
        byte[] bytes = event(scene.html());
        Frame last = shown.get(scene);
        return last != null && Arrays.equals(last.bytes, bytes) ? last : new Frame(++frames, bytes);
    }

    /// Each line of an event's data is marked (HTML, 9.2.6).
    private static byte[] event(byte[] html) {
        var event = new ByteArrayOutputStream(html.length + 256);
        event.writeBytes("event: view\ndata: ".getBytes(StandardCharsets.US_ASCII));
        for (byte one : html) {
            if (one == '\n') {
                event.writeBytes("\ndata: ".getBytes(StandardCharsets.US_ASCII));
            } else if (one != '\r') {
                event.write(one);
            }
        }
        event.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
        return event.toByteArray();
    }

    /// One page that is kept up to date.
    private final class Viewer implements Callback {

        private final Scene scene;
        private final Session session;
        private final String token;
        private final Response response;
        private final Callback callback;
        private final AtomicBoolean isWriting = new AtomicBoolean();
        private volatile boolean isOver;
        private long last;
        private int quiet;

        Viewer(Scene scene, Session session, String token, Response response, Callback callback) {
            this.scene = scene;
            this.session = session;
            this.token = token;
            this.response = response;
            this.callback = callback;
        }

        boolean isSignedIn() {
            Optional<Session> open = sessions.look(token);
            return open.isPresent() && open.get().operator().equals(session.operator());
        }

        void show(Frame frame) {
            quiet++;
            if (frame.number != last && !isWriting.get()) {
                last = frame.number;
                write(frame.bytes);
            } else if (quiet >= BEAT_TICKS) {
                write(BEAT);
            }
        }

        void write(byte[] bytes) {
            if (isWriting.compareAndSet(false, true)) {
                quiet = 0;
                response.write(false, ByteBuffer.wrap(bytes), this);
            }
        }

        @Override
        public void succeeded() {
            isWriting.set(false);
            if (isOver) {
                finish();
            }
        }

        @Override
        public void failed(Throwable gone) {
            viewers.remove(this);
            callback.failed(gone);
        }

        /// Its browser asks again, and is told where to sign in.
        void end() {
            viewers.remove(this);
            isOver = true;
            finish();
        }

        /// What is being written comes first; once.
        private void finish() {
            if (isWriting.compareAndSet(false, true)) {
                response.write(true, ByteBuffer.allocate(0), callback);
            }
        }
    }

    @Override
    public void close() {
        ticker.shutdown();
        viewers.forEach(Viewer::end);
    }
}
