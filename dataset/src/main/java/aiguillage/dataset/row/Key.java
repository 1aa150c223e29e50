package aiguillage.dataset.row;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// The key of a row: its key cells, one behind the other. Keys are in the order of their bytes.
public final class Key implements Comparable<Key> {

    /// The longest key, in bytes.
    public static final int BYTES_MAX = 512;

    /// Stands between cells; no cell holds it.
    public static final char BETWEEN = '\0';

    private final byte[] bytes;

    private Key(byte[] bytes) {
        this.bytes = bytes;
    }

    /// @param cells canonical texts, none of them empty
    /// @throws IllegalArgumentException when there is no such key
    public static Key of(List<String> cells) {
        boolean isKey = !cells.isEmpty();
        for (String cell : cells) {
            isKey &= !cell.isEmpty();
        }
        if (!isKey) {
            throw new IllegalArgumentException("a key has no empty cells");
        }
        return new Key(joined(cells));
    }

    /// What all keys begin with whose first cells are these: the last of them may go on, unless it is empty.
    ///
    /// @throws IllegalArgumentException when no key begins so
    public static byte[] beginning(List<String> cells) {
        return joined(cells);
    }

    private static byte[] joined(List<String> cells) {
        for (String cell : cells) {
            if (cell.indexOf(BETWEEN) >= 0) {
                throw new IllegalArgumentException("a cell of a key has no character U+0000: it stands between cells");
            }
        }
        String joined = cells.size() == 1 ? cells.getFirst() : String.join(String.valueOf(BETWEEN), cells);
        byte[] bytes = joined.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > BYTES_MAX) {
            throw new IllegalArgumentException("a key has at most " + BYTES_MAX + " bytes, this has " + bytes.length);
        }
        return bytes;
    }

    /// @param bytes as [#bytes()] gives them; not copied
    public static Key ofBytes(byte[] bytes) {
        return new Key(bytes);
    }

    /// Looks at the bytes of a key that came from somewhere else, where they lie.
    ///
    /// @throws IllegalArgumentException when these are not the bytes of any key
    public static void check(byte[] bytes, int from, int to) {
        if (from == to || to - from > BYTES_MAX) {
            throw new IllegalArgumentException("a key has 1 to " + BYTES_MAX + " bytes, not " + (to - from));
        }
        boolean cellBegins = true;
        for (int i = from; i < to; i++) {
            boolean between = bytes[i] == BETWEEN;
            if (between && cellBegins) {
                throw new IllegalArgumentException("a key has no empty cells");
            }
            cellBegins = between;
        }
        if (cellBegins) {
            throw new IllegalArgumentException("a key has no empty cells");
        }
        if (!Utf8.isWellFormed(bytes, from, to)) {
            throw new IllegalArgumentException("a key is UTF-8");
        }
    }

    /// Not copied: not to be changed.
    public byte[] bytes() {
        return bytes;
    }

    public List<String> cells() {
        return List.of(toText().split(String.valueOf(BETWEEN), -1));
    }

    /// Whether it begins with these bytes ([#beginning]).
    public boolean beginsWith(byte[] beginning) {
        return bytes.length >= beginning.length
                && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
    }

    private String toText() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(Key other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// For people: cells separated by `/`.
    @Override
    public String toString() {
        return toText().replace(BETWEEN, '/');
    }
}
