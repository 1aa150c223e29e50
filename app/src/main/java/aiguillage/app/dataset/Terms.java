package aiguillage.app.dataset;

import aiguillage.app.call.Caller;
import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.protocol.Rfc3339;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// From when on a version is to hold, and who may read it before: options of several commands.
public final class Terms {

    @Option(
            names = "--effective",
            paramLabel = "TIME",
            description = "From when on it holds, as 2026-04-01T00:00:00+02:00 (default: at once).")
    private @Nullable String effective;

    @Option(names = "--sealed", description = "Nobody can read it before that.")
    private boolean sealed;

    /// When it is to hold, unless at once.
    ///
    /// @throws Failure when that is no instant
    public Optional<Instant> effective() {
        if (effective == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Rfc3339.instant(effective));
        } catch (DateTimeException e) {
            throw new Failure(
                    Exit.USAGE,
                    "--effective is an instant with its offset from UTC, as 2026-04-01T00:00:00+02:00: \"" + effective
                            + "\" is none.",
                    e);
        }
    }

    public boolean isSealed() {
        return sealed;
    }

    /// As the hub takes them, with the `?`.
    ///
    /// @throws Failure when they make no sense
    public String query(boolean isDelta) {
        Optional<Instant> when = effective();
        if (sealed && when.isEmpty()) {
            throw new Failure(
                    Exit.USAGE, "--sealed needs --effective: sealed until when? Without it the version holds at once.");
        }
        List<String> parameters = new ArrayList<>();
        when.ifPresent(instant -> parameters.add("effective=" + Caller.escaped(instant.toString())));
        if (sealed) {
            parameters.add("sealed=true");
        }
        if (isDelta) {
            parameters.add("delta=true");
        }
        return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
    }
}
