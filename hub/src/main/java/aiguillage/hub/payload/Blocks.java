package aiguillage.hub.payload;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// The checksums of a payload file's blocks, made while it is written: one CRC-32C per [#BYTES] bytes, over the
/// file's number, the block's index and its bytes. They stand behind the payload, four bytes each, big-endian. So
/// any part of a payload can be checked before it is given out, without reading the rest; a block that came to
/// stand in another place or file is recognised, too. Not for several threads.
final class Blocks {

    static final int BYTES = 64 << 10;

    private final byte[] number;
    private final ByteArrayOutputStream sums = new ByteArrayOutputStream();
    private final CRC32C sum = new CRC32C();
    private long index;
    private int inBlock;

    /// @param number the 16 digits that only this file's name has
    Blocks(String number) {
        this.number = number.getBytes(StandardCharsets.US_ASCII);
        begin();
    }

    /// The bytes of a file whose payload has so many.
    static long fileBytes(long payloadBytes) {
        return payloadBytes + count(payloadBytes) * Integer.BYTES;
    }

    static long count(long payloadBytes) {
        return (payloadBytes + BYTES - 1) / BYTES;
    }

    static int sum(byte[] number, long index, byte[] block, int length) {
        var sum = new CRC32C();
        begin(sum, number, index);
        sum.update(block, 0, length);
        return (int) sum.getValue();
    }

    private static void begin(CRC32C sum, byte[] number, long index) {
        sum.update(number);
        sum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, index));
    }

    private void begin() {
        sum.reset();
        begin(sum, number, index);
        inBlock = 0;
    }

    void update(byte[] bytes, int count) {
        int done = 0;
        while (done < count) {
            int some = Math.min(count - done, BYTES - inBlock);
            sum.update(bytes, done, some);
            done += some;
            inBlock += some;
            if (inBlock == BYTES) {
                end();
            }
        }
    }

    private void end() {
        sums.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .putInt(0, (int) sum.getValue())
                .array());
        index++;
        begin();
    }

    /// All sums, once all bytes were seen.
    byte[] done() {
        if (inBlock > 0) {
            end();
        }
        return sums.toByteArray();
    }
}
