package aiguillage.hub.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Whether a file in RocksDB's log format (a write-ahead log, a MANIFEST) ends in the middle of a record. RocksDB
/// passes over such an end, since power loss leaves one.
///
/// The format: blocks of 32 kB; in them records of a CRC (4 bytes), a length (2, little-endian), a kind (1), for
/// kinds from 5 on the log's number (4), and the content. Fewer than 7 bytes at a block's end are zeros.
///
/// @see <a href="https://github.com/facebook/rocksdb/wiki/Write-Ahead-Log-File-Format">the format</a>
public final class TornLog {

    private static final int BLOCK_BYTES = 32 << 10;
    private static final int HEAD_BYTES = 7;
    private static final int RECYCLABLE = 5;
    private static final int NUMBER_BYTES = 4;

    private TornLog() {}

    /// Reads the heads of all records.
    public static boolean isTorn(Path file) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel log = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = log.size();
            long at = 0;
            while (at < size) {
                long leftInBlock = BLOCK_BYTES - at % BLOCK_BYTES;
                if (leftInBlock < HEAD_BYTES) {
                    at += leftInBlock;
                    continue;
                }
                if (size - at < HEAD_BYTES) {
                    return true;
                }
                head.clear();
                log.read(head, at);
                int length = head.getShort(4) & 0xffff;
                int kind = head.get(6);
                if (kind == 0 && length == 0) {
                    return false; // room that was reserved, and not written
                }
                at += HEAD_BYTES + length + (kind >= RECYCLABLE && kind < 2 * RECYCLABLE ? NUMBER_BYTES : 0);
            }
            return at > size;
        }
    }
}
