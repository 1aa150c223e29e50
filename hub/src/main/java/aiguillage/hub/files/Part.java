package aiguillage.hub.files;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One file on its way in, as its writer has it. It grows at its end alone, so that it never has a hole. Safe
/// from any thread.
///
/// A small one is in memory as long as it has its first writer: most files come whole, and go on from there at
/// once. It comes onto the disk when it becomes larger, or when its writer leaves before it has arrived.
final class Part {

    /// What is in memory of one; of all, as many times as files may be open.
    static final int MEMORY_BYTES_MAX = 16 << 10;

    private static final int MEMORY_BYTES_FIRST = 4 << 10;

    private final Opening opening;
    private @Nullable FileChannel channel;
    private byte @Nullable [] memory;
    private final long bytesMax;
    private final Room room;
    private final boolean isBroken;
    private long bytes;

    /// Behind the last byte that this writer has written.
    private long reached;

    private boolean isBegun;
    private boolean isOver;

    /// Takes room for bytes that are about to be written, or, with a number below 0, gives it back, which never
    /// fails.
    @FunctionalInterface
    interface Room {
        void take(long bytes) throws IOException;
    }

    /// Opens its file, which is there after that.
    @FunctionalInterface
    interface Opening {
        FileChannel open() throws IOException;
    }

    /// A new one, in memory.
    Part(Opening opening, long bytesMax, Room room) {
        this.opening = opening;
        this.memory = new byte[0];
        this.isBroken = false;
        this.bytesMax = bytesMax;
        this.room = room;
    }

    /// One that is in its file.
    ///
    /// @param bytes what is there of it
    /// @param isBroken whether that broke off, so that it is not all
    Part(FileChannel channel, long bytes, boolean isBroken, long bytesMax, Room room) {
        this.opening = () -> channel;
        this.channel = channel;
        this.bytes = bytes;
        this.isBroken = isBroken;
        this.bytesMax = bytesMax;
        this.room = room;
    }

    /// @param offset where; -1: at the end
    /// @throws Refused when it is larger than its flow takes, or the disk is full
    /// @throws FileRefused when it would have a hole, or another writer has taken it over
    synchronized void write(long offset, ByteBuffer content) throws IOException {
        requireOpen();
        if (offset < 0 && !content.hasRemaining()) {
            return; // says nothing of what is there
        }
        if (offset == 0 && !isBegun) { // written from its beginning: what an earlier writer left is another's
            cut(0);
        }
        isBegun = true;
        long at = offset < 0 ? bytes : offset;
        long end = at + content.remaining();
        if (at > bytes) {
            throw FileRefused.failed("Bytes " + bytes + " to " + at + " of the file did not come: send it from byte "
                    + bytes + " on, or from its beginning.");
        }
        if (end > bytesMax) {
            throw new Refused(Problem.PAYLOAD_TOO_LARGE, "Files of this flow have at most " + bytesMax + " bytes.");
        }
        long taken = Math.max(0, end - bytes);
        room.take(taken);
        long next = at;
        try {
            if (isRemembered(at, content)) {
                next = end;
            } else {
                FileChannel into = file();
                while (content.hasRemaining()) {
                    next += into.write(content, next);
                }
            }
        } finally {
            long grown = Math.max(0, next - bytes);
            bytes += grown;
            reached = Math.max(reached, next);
            room.take(grown - taken); // nothing, unless the disk failed
        }
    }

    private boolean isRemembered(long at, ByteBuffer content) {
        byte[] small = memory;
        long end = at + content.remaining();
        if (small == null || !isInMemory() || end > MEMORY_BYTES_MAX) {
            return false;
        }
        if (end > small.length) {
            int roomy = (int) Math.max(end, Math.max(MEMORY_BYTES_FIRST, 2L * small.length));
            small = Arrays.copyOf(small, Math.min(MEMORY_BYTES_MAX, roomy));
            memory = small;
        }
        content.get(small, (int) at, content.remaining());
        return true;
    }

    /// From here on it is in its file. What the disk did not take is still in memory, and tried again next time.
    private FileChannel file() throws IOException {
        FileChannel into = channel;
        if (into == null) {
            into = opening.open();
            channel = into;
        }
        byte[] small = memory;
        if (small != null) {
            ByteBuffer kept = ByteBuffer.wrap(small, 0, (int) bytes);
            long at = 0;
            while (kept.hasRemaining()) {
                at += into.write(kept, at);
            }
            memory = null;
        }
        return into;
    }

    /// Whether nothing of it is on the disk.
    synchronized boolean isInMemory() {
        return channel == null;
    }

    /// Its writer is done, and wants what there is of it where it is.
    ///
    /// @return null when it is in its file
    /// @throws FileRefused when another writer has taken it over
    synchronized byte @Nullable [] taken() throws IOException {
        byte[] small = memory;
        if (small == null || !isInMemory()) {
            end();
            return null;
        }
        requireOpen();
        isOver = true;
        return Arrays.copyOf(small, (int) bytes);
    }

    /// Its writer says how long it is.
    ///
    /// @throws FileRefused when it would get a hole
    synchronized void truncate(long length) throws IOException {
        requireOpen();
        if (length < 0 || length > bytes) {
            throw FileRefused.failed("The file has " + bytes + " bytes; it grows by what is written alone.");
        }
        cut(length);
        isBegun = true;
        reached = length;
    }

    private void cut(long length) throws IOException {
        if (bytes > length) {
            if (!isInMemory()) {
                file().truncate(length);
            }
            room.take(length - bytes);
            bytes = length;
        }
    }

    private void requireOpen() throws FileRefused {
        if (isOver) {
            throw FileRefused.failed("The file was opened, renamed or removed by another session of yours meanwhile.");
        }
    }

    synchronized long bytes() {
        return bytes;
    }

    /// Whether what there is of it is what its writer wanted it to be: written to its end, or not touched when
    /// it was that before.
    synchronized boolean isWhole() {
        return isBegun ? reached >= bytes : !isBroken;
    }

    /// Its writer is done, or gone; what came stays, in its file.
    ///
    /// @throws FileRefused when another writer has taken it over
    synchronized void end() throws IOException {
        requireOpen();
        takenOver();
    }

    synchronized void takenOver() throws IOException {
        if (!isOver) {
            isOver = true;
            try {
                file();
            } catch (IOException e) {
                lost();
                throw e;
            } finally {
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    /// What was in memory goes: of that its file has a beginning, or there is none.
    private void lost() throws IOException {
        memory = null;
        long kept = channel == null ? 0 : channel.size();
        room.take(kept - bytes);
        bytes = kept;
    }

    /// Nobody wants what came. Room is given back for what is not in its file.
    synchronized void dropped() throws IOException {
        isOver = true;
        try {
            if (memory != null) {
                lost();
            }
        } finally {
            if (channel != null) {
                channel.close();
            }
        }
    }
}
