package aiguillage.format.translation;

import java.io.ByteArrayOutputStream;

/// What a stylesheet makes, in memory: a stylesheet can make much of little. For one document.
final class Made extends ByteArrayOutputStream {

    private final int bytesMax;

    Made(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    /// It is longer than it may be.
    static final class TooLong extends RuntimeException {

        private static final long serialVersionUID = 1;

        TooLong(int bytesMax) {
            super("it makes a document of more than " + bytesMax + " bytes");
        }
    }

    private void require(int more) {
        if (more > bytesMax - size()) {
            throw new TooLong(bytesMax);
        }
    }

    @Override
    public synchronized void write(int one) {
        require(1);
        super.write(one);
    }

    @Override
    public synchronized void write(byte[] from, int at, int bytes) {
        require(bytes);
        super.write(from, at, bytes);
    }
}
