package aiguillage.hub.intake;

import aiguillage.hub.problem.Refused;
import aiguillage.protocol.Position;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A reply that somebody waits for. For one document; safe from any thread.
public final class Awaited implements Reply {

    /// What it was taken for.
    ///
    /// @param document where it stands in the journal; of a flat file the first that was made of it
    /// @param receipt its receipt, or the report of a flat file
    public record Taken(Position document, byte[] receipt) {}

    private final CompletableFuture<Taken> taken = new CompletableFuture<>();

    @Override
    public void accepted(boolean isFirst, Position document, byte[] receipt) {
        taken.complete(new Taken(document, receipt));
    }

    @Override
    public void refused(Refused refused) {
        taken.completeExceptionally(refused);
    }

    @Override
    public void failed(Throwable failure) {
        taken.completeExceptionally(failure);
    }

    /// Waits so long until the document is accepted, durably (I1).
    ///
    /// @throws Refused when it was refused
    /// @throws ExecutionException when it failed: whether the hub has it is not known
    /// @throws TimeoutException when nothing is known yet
    public Taken taken(Duration most) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return taken.get(most.toMillis(), TimeUnit.MILLISECONDS);
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
        return taken().receipt();
    }

    /// Waits until the document is accepted, durably (I1).
    ///
    /// @return where it stands in the journal; of a flat file the first that was made of it
    /// @throws Refused when it was refused
    public Position document() {
        return taken().document();
    }

    private Taken taken() {
        try {
            return taken.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException known -> throw known;
                case Error known -> throw known;
                case null, default -> throw e;
            }
        }
    }
}
