package aiguillage.hub.payload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;

/// A part of a payload file, each block checked before a byte of it is given out. One block of memory. Not for
/// several threads.
final class CheckedInput extends InputStream {

    private final String name;
    private final byte[] number;
    private final FileChannel file;
    private final long payloadBytes;
    private final long to;
    private long at;
    private byte[] block = {};
    private long blockIndex = -1;

    /// @param from the first byte given out
    /// @param to behind the last
    CheckedInput(Path path, long payloadBytes, long from, long to) throws IOException {
        this.name = Objects.requireNonNull(path.getFileName()).toString();
        this.number = name.substring(Math.max(0, name.length() - Payloads.NUMBER_DIGITS))
                .getBytes(StandardCharsets.US_ASCII);
        this.payloadBytes = payloadBytes;
        this.at = from;
        this.to = to;
        try {
            this.file = FileChannel.open(path, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new CorruptPayload(name, "it is missing");
        }
        if (file.size() != Blocks.fileBytes(payloadBytes)) {
            long found = file.size();
            file.close();
            throw new CorruptPayload(
                    name,
                    "it has " + found + " bytes, not the " + Blocks.fileBytes(payloadBytes)
                            + " of its payload and sums");
        }
        loadFirst();
    }

    /// Damage at the very beginning is told before anybody has promised an answer.
    private void loadFirst() throws IOException {
        try {
            if (at < to) {
                load(at / Blocks.BYTES);
            }
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0 || at >= to) {
            return length == 0 ? 0 : -1;
        }
        load(at / Blocks.BYTES);
        int from = (int) (at % Blocks.BYTES);
        int count = (int) Math.min(Math.min(length, block.length - from), to - at);
        System.arraycopy(block, from, into, offset, count);
        at += count;
        return count;
    }

    private void load(long index) throws IOException {
        if (index == blockIndex) {
            return;
        }
        long begin = index * Blocks.BYTES;
        int length = (int) Math.min(Blocks.BYTES, payloadBytes - begin);
        if (block.length != length) {
            block = new byte[length];
        }
        var sum = new byte[Integer.BYTES];
        read(block, begin);
        read(sum, payloadBytes + index * Integer.BYTES);
        if (ByteBuffer.wrap(sum).getInt() != Blocks.sum(number, index, block, length)) {
            Arrays.fill(block, (byte) 0);
            throw new CorruptPayload(name, "the bytes from " + begin + " on are not those that were written");
        }
        blockIndex = index;
    }

    private void read(byte[] into, long from) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, from + buffer.position()) < 0) {
                throw new CorruptPayload(name, "it ends at byte " + (from + buffer.position()));
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
