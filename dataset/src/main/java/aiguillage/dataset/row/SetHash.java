package aiguillage.dataset.row;

import aiguillage.protocol.Digest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The hash of a set of rows, to which rows are added and from which they are taken one by one, in any order.
///
/// LtHash: the sum, modulo 2¹⁶ in each of 1,024 lanes, of a long hash of each row (K. Lewi, W. Kim, I. Maykov,
/// S. Weis: "Securing Update Propagation with Homomorphic Hashing", 2019). The long hash of a row is the key
/// stream of AES-256 in counter mode under the SHA-256 of the row: 2,048 bytes that nobody can steer, made by
/// the processor's own instructions.
///
/// Sums of sets can be added and subtracted, so the hash of a whole is the sum of its parts'. Not for several
/// threads.
public final class SetHash {

    public static final int BYTES = 2_048;

    private static final int LANES = BYTES / Short.BYTES;
    private static final byte[] ZEROS = new byte[BYTES];
    private static final IvParameterSpec START = new IvParameterSpec(new byte[16]);

    private final short[] lanes = new short[LANES];

    /// The hash of no rows.
    public SetHash() {}

    /// The hash that [#bytes()] wrote.
    ///
    /// @throws IllegalArgumentException when there are not [#BYTES] bytes
    public static SetHash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("the hash of a set has " + BYTES + " bytes, not " + bytes.length);
        }
        var hash = new SetHash();
        view(bytes).asShortBuffer().get(hash.lanes);
        return hash;
    }

    public SetHash copy() {
        var copy = new SetHash();
        System.arraycopy(lanes, 0, copy.lanes, 0, LANES);
        return copy;
    }

    public void add(SetHash other) {
        for (int i = 0; i < LANES; i++) {
            lanes[i] += other.lanes[i];
        }
    }

    public void subtract(SetHash other) {
        for (int i = 0; i < LANES; i++) {
            lanes[i] -= other.lanes[i];
        }
    }

    public byte[] bytes() {
        var bytes = new byte[BYTES];
        view(bytes).asShortBuffer().put(lanes);
        return bytes;
    }

    /// The hash in short: what is signed and shown.
    public Digest digest() {
        return Digest.of(bytes());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SetHash hash && Arrays.equals(lanes, hash.lanes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(lanes);
    }

    @Override
    public String toString() {
        return digest().toString();
    }

    private static ByteBuffer view(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Makes long hashes of rows. Holds a cipher, so one for each thread.
    public static final class Expander {

        private final Cipher cipher;
        private final byte[] stream = new byte[BYTES];
        private final short[] lanes = new short[LANES];

        public Expander() {
            try {
                cipher = Cipher.getInstance("AES/CTR/NoPadding");
            } catch (GeneralSecurityException e) {
                throw new AssertionError("every Java platform has AES in counter mode", e);
            }
        }

        /// @param row the SHA-256 of the row
        public void add(SetHash to, byte[] row) {
            expand(row);
            for (int i = 0; i < LANES; i++) {
                to.lanes[i] += lanes[i];
            }
        }

        /// @param row the SHA-256 of the row
        public void subtract(SetHash from, byte[] row) {
            expand(row);
            for (int i = 0; i < LANES; i++) {
                from.lanes[i] -= lanes[i];
            }
        }

        private void expand(byte[] row) {
            try {
                cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(row, "AES"), START);
                int written = cipher.doFinal(ZEROS, 0, BYTES, stream, 0);
                if (written != BYTES) {
                    throw new AssertionError("counter mode changed the length to " + written);
                }
            } catch (InvalidKeyException | InvalidAlgorithmParameterException e) {
                throw new AssertionError("32 bytes are a key, 16 a counter", e);
            } catch (GeneralSecurityException e) {
                throw new AssertionError("encryption without padding cannot fail", e);
            }
            view(stream).asShortBuffer().get(lanes);
        }
    }
}
