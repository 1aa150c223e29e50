package aiguillage.bench.journal;

import java.util.concurrent.CompletableFuture;

/// Takes payloads and completes when they are durable.
public interface Appender extends AutoCloseable {

    /// @param number unlike any other
    /// @param payload nobody changes it afterwards
    CompletableFuture<?> append(long number, byte[] payload);

    @Override
    void close();
}
