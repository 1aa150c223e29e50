package aiguillage.hub.files;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.quota.Quota;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every step on a tree ends in one of three ways: it is done, it is refused, or the hub failed at it. A
/// failure is logged, and the party is told that it was none of its own.
final class Guard {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private static final int HTTP_TOO_MANY = 429;
    private static final int HTTP_SERVER = 500;

    private final Supplier<Quota> quota;
    private final Consumer<Problem> refusals;
    private final Consumer<Throwable> onFailure;

    /// @param quota of the party whose steps these are
    /// @param refusals told of the problem of each refusal
    /// @param onFailure told of each failure
    Guard(Supplier<Quota> quota, Consumer<Problem> refusals, Consumer<Throwable> onFailure) {
        this.quota = quota;
        this.refusals = refusals;
        this.onFailure = onFailure;
    }

    @FunctionalInterface
    interface Step<T extends @Nullable Object> {
        T run() throws IOException;
    }

    /// A step that is a request of the party's.
    ///
    /// @throws FileRefused for whatever reason it was not done
    <T extends @Nullable Object> T counted(Step<T> step) throws FileRefused {
        return run(() -> {
            Quota of = quota.get();
            of.requestBegins();
            try {
                return step.run();
            } finally {
                of.requestEnds();
            }
        });
    }

    /// @throws FileRefused for whatever reason it was not done
    <T extends @Nullable Object> T run(Step<T> step) throws FileRefused {
        try {
            return step.run();
        } catch (FileRefused refused) {
            throw refused;
        } catch (Refused refused) {
            throw told(refused);
        } catch (IOException | RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .log("A step on a party's files failed. It was told to try again; read the cause.");
            onFailure.accept(e);
            throw FileRefused.failed("The hub failed at it, and its log has the cause. Try again later.");
        }
    }

    /// Counts a refusal, and says it in the words of files.
    FileRefused told(Refused refused) {
        refusals.accept(refused.problem());
        return FileRefused.of(refused);
    }

    /// Whether what was refused may be taken later as it is.
    static boolean isForNow(Problem problem) {
        return problem.status() == HTTP_TOO_MANY || problem.status() >= HTTP_SERVER;
    }
}
