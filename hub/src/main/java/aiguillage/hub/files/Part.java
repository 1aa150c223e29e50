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
    private long bytes;
    private boolean isBegun;
    private boolean isOver;

    /// Takes room for bytes that are about to be written, or, with a number below 0, gives it back.
    @FunctionalInterface
    interface Room {
        void take(long bytes) throws IOException;
    }

    Part(FileChannel channel, long bytes, long bytesMax, Room room) {
        this.channel = channel;
        this.bytes = bytes;
        this.bytesMax = bytesMax;
        this.room = room;
    }

    /// @param offset where; -1: at the end
    synchronized void write(long offset, ByteBuffer content) throws IOException {
        requireOpen();
        if (offset == 0
                && !isBegun
                && bytes > 0) { // written from its beginning: what an earlier writer left is another's
            room.take(-bytes);
            channel.truncate(0);
            bytes = 0;
        }
        isBegun = true;
        long at = offset < 0 ? bytes : offset;
        long end = at + content.remaining();
        if (at > bytes) {
            throw FileRefused.failed("Bytes " + bytes + " to " + at + " of the file did not come: send it from byte "
                    + bytes + " on, or from its beginning.");
        }
        if (end > bytesMax) {
            throw Guard.refused(
                    new Refused(Problem.PAYLOAD_TOO_LARGE, "Files of this flow have at most " + bytesMax + " bytes."));
        }
        if (end > bytes) {
            room.take(end - bytes);
        }
        long next = at;
        while (content.hasRemaining()) {
            next += channel.write(content, next);
        }
        bytes = Math.max(bytes, end);
    }

    private void requireOpen() throws FileRefused {
        if (isOver) {
            throw FileRefused.failed("The file was opened, renamed or removed by another session of yours meanwhile.");
        }
    }

    synchronized long bytes() {
        return bytes;
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
