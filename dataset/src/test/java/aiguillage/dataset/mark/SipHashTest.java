package aiguillage.dataset.mark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SipHashTest {

    private static byte[] upTo(int count) {
        var bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    @Test
    void isTheFunctionThatWasPublished() {
        var hash = new SipHash(upTo(16));
        assertThat(hash.of(upTo(0))).isEqualTo(0x726fdb47dd0e0e31L); // the authors' own test vectors
        assertThat(hash.of(upTo(1))).isEqualTo(0x74f839c593dc67fdL);
        assertThat(hash.of(upTo(8))).isEqualTo(0x93f5f5799a932462L);
        assertThat(hash.of(upTo(15))).isEqualTo(0xa129ca6149be45e5L);
    }

    @Test
    void twoNumbersAreTheirSixteenBytes() {
        var hash = new SipHash(upTo(16));
        assertThat(hash.of(0x0706050403020100L, 0x0f0e0d0c0b0a0908L)).isEqualTo(hash.of(upTo(16)));
    }
}
