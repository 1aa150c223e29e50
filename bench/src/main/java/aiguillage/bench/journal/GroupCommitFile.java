package aiguillage.bench.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The limit of what a journal can be on this disk: one thread takes all payloads that wait, appends them to a
/// file, and syncs it once for all.
final class GroupCommitFile implements Appender {

    private static final int BATCH_MAX = 512;
    private static final int WAITING_MAX = 8_192;

    private final FileChannel file;
    private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final Thread writer = Thread.ofPlatform().name("group-commit").unstarted(this::write);
    private volatile boolean closing;

    private record Waiting(byte[] payload, CompletableFuture<Void> durable) {}

    GroupCommitFile(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        writer.start();
    }

    @Override
    public CompletableFuture<?> append(long number, byte[] payload) {
        var item = new Waiting(payload, new CompletableFuture<>());
        if (!waiting.offer(item)) {
            item.durable.completeExceptionally(new IllegalStateException("more than " + WAITING_MAX + " wait"));
        }
        return item.durable;
    }

    private void write() {
        var batch = new ArrayList<Waiting>();
        try {
            while (!closing) {
                Waiting first = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, BATCH_MAX - 1);
                    commit(batch);
                    batch.clear();
                }
            }
        } catch (IOException | InterruptedException e) {
            batch.forEach(item -> item.durable.completeExceptionally(e));
        }
    }

    private void commit(List<Waiting> batch) throws IOException {
        int bytes = batch.stream().mapToInt(item -> item.payload.length).sum();
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        batch.forEach(item -> buffer.put(item.payload));
        buffer.flip();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        file.force(false);
        batch.forEach(item -> item.durable.complete(null));
    }

    @Override
    public void close() {
        closing = true;
        try {
            writer.join();
            file.close();
        } catch (InterruptedException | IOException e) {
            throw new IllegalStateException("the file could not be closed: " + e.getMessage(), e);
        }
    }
}
