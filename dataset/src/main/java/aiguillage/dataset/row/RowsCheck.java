package aiguillage.dataset.row;

import java.nio.ByteBuffer;

/// One pass over bytes that came from somewhere else: are they rows, written in the one way they are written?
final class RowsCheck {

    private static final int FLAGS = 3;
    private static final int HAS_FROM = 1;
    private static final int HAS_TO = 2;
    private static final int SHIFT_MAX = 28;

    private final byte[] bytes;
    private final int end;
    private int at;

    RowsCheck(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    void run() {
        require(end - at <= Rows.BYTES_MAX, "they have more than " + Rows.BYTES_MAX + " bytes");
        boolean open = false; // whether the row before has no end
        long ended = Long.MIN_VALUE; // when it ended
        for (int count = 0; at < end; count++) {
            require(count < Rows.MAX, "they are more than " + Rows.MAX);
            int flags = bytes[at++];
            require((flags & ~FLAGS) == 0, "a row begins with a byte that none begins with");
            boolean begins = (flags & HAS_FROM) != 0;
            long from = begins ? time() : Long.MIN_VALUE;
            require(count == 0 || (!open && begins && from >= ended), "two rows hold at the same time");
            open = (flags & HAS_TO) == 0;
            ended = open ? Long.MAX_VALUE : time();
            require(open || !begins || from < ended, "a row ends before it begins");
            int length = number();
            require(length <= end - at, "they end in the middle of a row");
            cells(at + length);
        }
    }

    private void cells(int cellsEnd) {
        while (at < cellsEnd) {
            int length = Math.max(0, number() - 1);
            require(at <= cellsEnd && length <= cellsEnd - at, "a cell goes on behind its row");
            require(Utf8.isWellFormed(bytes, at, at + length), "a cell is not UTF-8");
            at += length;
        }
    }

    private long time() {
        require(end - at >= Long.BYTES, "they end in the middle of a time");
        long time = ByteBuffer.wrap(bytes).getLong(at);
        at += Long.BYTES;
        return time;
    }

    /// Only the shortest way to write a number, and no more than an int.
    private int number() {
        int value = 0;
        for (int shift = 0; shift <= SHIFT_MAX; shift += 7) {
            require(at < end, "they end in the middle of a number");
            byte next = bytes[at++];
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                require(shift == 0 || next != 0, "a number is written longer than it is");
                require(shift < SHIFT_MAX || next < 8, "a number is too large");
                return value;
            }
        }
        throw new IllegalArgumentException("a number does not end");
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
