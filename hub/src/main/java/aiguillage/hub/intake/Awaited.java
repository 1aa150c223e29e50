package aiguillage.hub.intake;

import aiguillage.hub.problem.Refused;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A reply that somebody waits for. For one document; safe from any thread.
public final class Awaited implements Reply {

    private final CompletableFuture<byte[]> receipt = new CompletableFuture<>();

    @Override
    public void accepted(boolean isFirst, byte[] bytes) {
        receipt.complete(bytes);
    }

    @Override
    public void refused(Refused refused) {
        receipt.completeExceptionally(refused);
    }

    @Override
    public void failed(Throwable failure) {
        receipt.completeExceptionally(failure);
    }

    /// Waits so long until the document is accepted, durably (I1).
    ///
    /// @throws Refused when it was refused
    /// @throws ExecutionException when it failed: whether the hub has it is not known
    /// @throws TimeoutException when nothing is known yet
    public byte[] receipt(Duration most) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return receipt.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refused refused) {
                throw refused;
            }
            throw e;
        }
    }

    /// Waits until the document is accepted, durably (I1).
    ///
    /// @throws Refused when it was refused
    public byte[] receipt() {
        try {
            return receipt.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException known -> throw known;
                case Error known -> throw known;
                case null, default -> throw e;
            }
        }
    }
}
