package aiguillage.dataset.publish;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A second thread for one publication: it reads ahead what the first is going to need, and hashes what the
/// first has found to differ, one after the other. Closing waits for what it has begun.
final class Helper implements AutoCloseable {

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("publication-helper").factory());

    <T> Future<T> start(Callable<T> work) {
        return thread.submit(work);
    }

    /// @throws IOException what the work threw
    static <T> T await(Future<T> work) throws IOException {
        try {
            return work.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the publication was interrupted");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                case null, default -> throw new AssertionError("the helper's work throws no other", e);
            }
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
