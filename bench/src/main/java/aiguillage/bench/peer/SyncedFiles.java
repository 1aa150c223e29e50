package aiguillage.bench.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/// A folder in which every payload becomes a file of its own that is on the disk before anybody is answered.
/// Safe from any thread.
final class SyncedFiles {

    private final Path folder;
    private final AtomicLong numbers = new AtomicLong();

    SyncedFiles(Path folder) {
        this.folder = folder;
    }

    void write(byte[] payload) throws IOException {
        Path file = folder.resolve(Long.toString(numbers.incrementAndGet()));
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.wrap(payload);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }
}
