package aiguillage.hub.files;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// One file on its way in, as its writer has it. It grows at its end alone, so that it never has a hole. Safe
/// from any thread.
final class Part {

    private final FileChannel channel;
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

    /// @param bytes what is there of it
    /// @param isBroken whether that broke off, so that it is not all
    Part(FileChannel channel, long bytes, boolean isBroken, long bytesMax, Room room) {
        this.channel = channel;
        this.bytes = bytes;
        this.isBroken = isBroken;
        this.bytesMax = bytesMax;
        this.room = room;
    }

    /// @param offset where; -1: at the end
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
            throw FileRefused.of(
                    new Refused(Problem.PAYLOAD_TOO_LARGE, "Files of this flow have at most " + bytesMax + " bytes."));
        }
        long taken = Math.max(0, end - bytes);
        room.take(taken);
        long next = at;
        try {
            while (content.hasRemaining()) {
                next += channel.write(content, next);
            }
        } finally {
            long grown = Math.max(0, next - bytes);
            bytes += grown;
            reached = Math.max(reached, next);
            room.take(grown - taken); // nothing, unless the disk failed
        }
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
            channel.truncate(length);
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

    /// Its writer is done, or gone; what came stays.
    ///
    /// @throws FileRefused when another writer has taken it over
    synchronized void end() throws IOException {
        requireOpen();
        takenOver();
    }

    synchronized void takenOver() throws IOException {
        isOver = true;
        channel.close();
    }
}
