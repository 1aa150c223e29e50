package aiguillage.dataset.publish;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Sorted lines in a file: written first, then read. Each is the length of its key and its row (4 bytes
/// each), its number (8), whether it removes (1), key and row. Not for several threads.
final class Run implements Closeable {

    private static final int BUFFER_BYTES = 64 << 10;
    private static final int HEAD_BYTES = 2 * Integer.BYTES + Long.BYTES + 1;

    private final FileChannel file;
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private @Nullable Checked head;

    /// @param path a file without anything in it
    Run(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /// How many bytes [#put] writes.
    static int bytes(Checked line) {
        return HEAD_BYTES + line.key().bytes().length + line.rows().bytes().length;
    }

    static void put(ByteBuffer to, Checked line) {
        byte[] key = line.key().bytes();
        byte[] rows = line.rows().bytes();
        to.putInt(key.length).putInt(rows.length).putLong(line.line()).put((byte) (line.removes() ? 1 : 0));
        to.put(key).put(rows);
    }

    /// What [#put] wrote.
    static Checked get(ByteBuffer from) {
        var key = new byte[from.getInt()];
        var rows = new byte[from.getInt()];
        long number = from.getLong();
        boolean removes = from.get() != 0;
        from.get(key).get(rows);
        return new Checked(Key.ofBytes(key), number, removes, Rows.ofBytes(rows));
    }

    void write(Checked line) throws IOException {
        room(bytes(line));
        put(buffer, line);
    }

    /// Writes lines as [#put] wrote them.
    void write(ByteBuffer lines) throws IOException {
        flush();
        while (lines.hasRemaining()) {
            file.write(lines);
        }
    }

    private void room(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
            buffer = bytes > buffer.capacity() ? ByteBuffer.allocate(bytes) : buffer;
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        buffer.clear();
    }

    /// Nothing more is written; only what is read takes memory.
    void end() throws IOException {
        flush();
        buffer = ByteBuffer.allocate(0);
    }

    /// Goes to the first line.
    void begin() throws IOException {
        file.position(0);
        buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
        step();
    }

    /// The line it has come to, or null behind the last.
    @Nullable
    Checked head() {
        return head;
    }

    /// Goes to the next line.
    void step() throws IOException {
        if (!fill(HEAD_BYTES)) {
            head = null;
            return;
        }
        int at = buffer.position();
        if (!fill(HEAD_BYTES + buffer.getInt(at) + buffer.getInt(at + Integer.BYTES))) {
            throw new EOFException("a run ends behind the length of a line: has somebody written to it?");
        }
        head = get(buffer);
    }

    /// Reads on until there are so many bytes; false when there is nothing any more.
    private boolean fill(int bytes) throws IOException {
        if (buffer.remaining() >= bytes) {
            return true;
        }
        ByteBuffer rest = buffer;
        buffer = bytes > buffer.capacity() ? ByteBuffer.allocate(bytes).put(rest) : buffer.compact();
        while (buffer.position() < bytes && file.read(buffer) >= 0) {
            // a file gives what it has, and that may be less than was asked for
        }
        buffer.flip();
        if (buffer.remaining() < bytes && buffer.hasRemaining()) {
            throw new EOFException("a run ends in the middle of a line: has somebody written to it?");
        }
        return buffer.hasRemaining();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
