package aiguillage.gateway.status;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What does not work at the moment. Each trouble is logged once when it begins and once when it ends, however
/// often it is reported in between. Safe from any thread.
public final class Troubles {

    /// More different troubles than anybody reads; the oldest make room.
    public static final int TROUBLES_MAX = 50;

    private static final int DETAIL_CHARS_MAX = 500;

    private static final Logger log = LoggerFactory.getLogger(Troubles.class);

    private final InstantSource clock;
    private final Map<Place, Trouble> open = new LinkedHashMap<>();

    public Troubles(InstantSource clock) {
        this.clock = clock;
    }

    public void report(Trouble.Kind kind, String where, String detail) {
        String shown = shown(detail);
        Trouble before;
        synchronized (open) {
            Instant now = clock.instant();
            before = open.remove(new Place(kind, where));
            open.put(
                    new Place(kind, where),
                    new Trouble(kind, where, shown, before == null ? now : before.since(), now));
            if (open.size() > TROUBLES_MAX) {
                open.remove(open.keySet().iterator().next());
            }
        }
        if (before == null) {
            log.atWarn()
                    .addKeyValue("trouble", kind)
                    .addKeyValue("where", where)
                    .addKeyValue("detail", shown)
                    .log("Something does not work; the gateway goes on trying.");
        }
    }

    /// Reports a trouble in the place of all others of its family there: the last answer counts.
    public void reportInstead(Set<Trouble.Kind> family, Trouble.Kind kind, String where, String detail) {
        family.stream().filter(other -> other != kind).forEach(other -> ended(other, where));
        report(kind, where, detail);
    }

    /// Reports what an exception says, but not the one that ends a thread being stopped: that is no trouble.
    public void report(Trouble.Kind kind, String where, Exception reason) {
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        String message = reason.getMessage();
        report(kind, where, reason.getClass().getSimpleName() + (message == null ? "" : ": " + message));
    }

    /// It works again.
    public void ended(Trouble.Kind kind, String where) {
        Trouble before;
        synchronized (open) {
            before = open.remove(new Place(kind, where));
        }
        if (before != null) {
            log.atInfo()
                    .addKeyValue("trouble", kind)
                    .addKeyValue("where", where)
                    .log("It works again.");
        }
    }

    /// Of the troubles of this kind below a folder, only these go on.
    public void endedBelow(Trouble.Kind kind, Path folder, Set<String> goOn) {
        // As text, since a name that this system cannot write is no path. With a separator: `parts` is not in
        // the way of `parts-order`.
        String below = folder + folder.getFileSystem().getSeparator();
        synchronized (open) {
            open.keySet()
                    .removeIf(place ->
                            place.kind() == kind && place.where().startsWith(below) && !goOn.contains(place.where()));
        }
    }

    /// Those still open, the one reported longest ago first.
    public List<Trouble> open() {
        synchronized (open) {
            return List.copyOf(open.values());
        }
    }

    private static String shown(String detail) {
        var text = new StringBuilder();
        for (int i = 0; i < detail.length() && i < DETAIL_CHARS_MAX; i++) {
            char c = detail.charAt(i);
            text.append(Character.isISOControl(c) ? ' ' : c);
        }
        return text.toString();
    }

    private record Place(Trouble.Kind kind, String where) {}
}
