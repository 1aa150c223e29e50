package aiguillage.dataset.mark;

/// What the hub alone knows: who has it can tell every mark, remove it, or forge another's.
public final class MarkSecret {

    public static final int BYTES = 32;

    private final byte[] bytes;

    /// @param bytes [#BYTES] bytes; copied
    public MarkSecret(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a secret of marks has " + BYTES + " bytes, not " + bytes.length);
        }
        this.bytes = bytes.clone();
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "secret of marks"; // never its bytes: texts get into logs
    }
}
