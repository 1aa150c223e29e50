package aiguillage.pki.est;

import aiguillage.protocol.Digest;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;

/// A code with which a machine enrols once: 160 random bits, printed so that it can be read out on the
/// telephone. Whoever gives it out keeps only its hash, and decides when it ends.
///
/// Printed in Crockford's base32 (no I, L, O, U), eight groups of four: `7Q4M-K0RZ-…`. Read back in any case,
/// with or without dashes and spaces, I and L as 1, O as 0.
public final class EnrolmentCode {

    public static final int BITS = 160;
    public static final int TEXT_CHARS_MAX = 128;

    private static final int BYTES = BITS / Byte.SIZE;
    private static final int DIGIT_BITS = 5;
    private static final int DIGITS = BITS / DIGIT_BITS;
    private static final int GROUP = 4;
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final byte[] bytes;

    private EnrolmentCode(byte[] bytes) {
        this.bytes = bytes;
    }

    /// A new code.
    public static EnrolmentCode random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new EnrolmentCode(bytes);
    }

    /// Reads a code as a person typed it.
    ///
    /// @throws IllegalArgumentException when it is none; the message does not repeat what was typed
    public static EnrolmentCode parse(String typed) {
        if (typed.length() > TEXT_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "an enrolment code has " + DIGITS + " letters and digits, not " + typed.length() + " characters");
        }
        String digits = typed.toUpperCase(Locale.ROOT)
                .replaceAll("[-\\s]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        if (digits.length() != DIGITS) {
            throw new IllegalArgumentException(
                    "an enrolment code has " + DIGITS + " letters and digits, and this one " + digits.length());
        }
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < DIGITS; i++) {
            int digit = ALPHABET.indexOf(digits.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException(
                        "place " + (i + 1) + " of the enrolment code is no letter or digit that codes are made of");
            }
            number = number.shiftLeft(DIGIT_BITS).or(BigInteger.valueOf(digit));
        }
        return new EnrolmentCode(fixedLength(number));
    }

    private static byte[] fixedLength(BigInteger number) {
        byte[] signed = number.toByteArray();
        byte[] fixed = new byte[BYTES];
        int kept = Math.min(signed.length, BYTES);
        System.arraycopy(signed, signed.length - kept, fixed, BYTES - kept, kept);
        return fixed;
    }

    /// The code for a person: eight groups of four.
    public String printed() {
        var text = new StringBuilder();
        BigInteger number = new BigInteger(1, bytes);
        for (int i = 0; i < DIGITS; i++) {
            if (i > 0 && i % GROUP == 0) {
                text.append('-');
            }
            int digit = number.shiftRight((DIGITS - 1 - i) * DIGIT_BITS).intValue() & (ALPHABET.length() - 1);
            text.append(ALPHABET.charAt(digit));
        }
        return text.toString();
    }

    /// What is kept. No salt or slow hash is needed: 160 random bits cannot be guessed.
    public Digest hash() {
        return Digest.of(bytes);
    }

    /// Whether a kept hash is this code's, in a time that does not depend on where they differ.
    public boolean fits(Digest kept) {
        return MessageDigest.isEqual(hash().bytes(), kept.bytes());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EnrolmentCode code && MessageDigest.isEqual(bytes, code.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// Never the code: it would end up in a log.
    @Override
    public String toString() {
        return "an enrolment code";
    }
}
