package aiguillage.pki.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnrolmentCodeTest {

    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    @Test
    void aCodeHasEightGroupsThatCanBeReadOut() {
        String printed = EnrolmentCode.random(new SecureRandom()).printed();
        assertThat(printed).matches("([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}");
    }

    @Test
    void anyThirtyTwoDigitsAreACodeThatPrintsThem() {
        var random = new Random(7);
        for (int i = 0; i < 200; i++) {
            String digits = text(random, DIGITS, 32);
            EnrolmentCode code = EnrolmentCode.parse(digits);
            assertThat(code.printed().replace("-", "")).isEqualTo(digits);
            assertThat(EnrolmentCode.parse(code.printed()).fits(code.hash())).isTrue();
        }
    }

    @Test
    void howItIsTypedDoesNotMatter() {
        for (int at = 0; at <= 38; at++) {
            for (String more : List.of(" ", "-")) {
                EnrolmentCode code = EnrolmentCode.random(new SecureRandom());
                String typed = new StringBuilder(code.printed().toLowerCase(Locale.ROOT))
                        .insert(at, more)
                        .toString()
                        .replace('0', 'o')
                        .replace('1', 'l');
                assertThat(EnrolmentCode.parse(typed)).as(typed).isEqualTo(code);
            }
        }
    }

    @Test
    void anyOtherDigitIsAnotherCode() {
        for (int at = 0; at < 32; at++) {
            EnrolmentCode code = EnrolmentCode.random(new SecureRandom());
            char[] digits = code.printed().replace("-", "").toCharArray();
            digits[at] = digits[at] == '7' ? '8' : '7';
            assertThat(EnrolmentCode.parse(new String(digits)).fits(code.hash()))
                    .as("digit %d", at)
                    .isFalse();
        }
    }

    @Test
    void anyTextIsACodeOrRefused() {
        var random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            String typed = text(random, DIGITS + "oilu -\t\u00e9\ud83d\u0000", random.nextInt(60));
            try {
                assertThat(EnrolmentCode.parse(typed).printed()).hasSize(39);
            } catch (IllegalArgumentException e) {
                assertThat(e).as("round %d", i).hasMessageContaining("enrolment code");
            }
        }
    }

    private static String text(Random random, String from, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(from.charAt(random.nextInt(from.length())));
        }
        return text.toString();
    }

    @Test
    void aCodeTooShortSaysHowLongItShouldBe() {
        assertThatThrownBy(() -> EnrolmentCode.parse("ABCD-1234")).hasMessageContaining("32 letters and digits");
    }

    @Test
    void aCodeIsNotShownInLogs() {
        EnrolmentCode code = EnrolmentCode.random(new SecureRandom());
        assertThat(code.toString()).doesNotContain(code.printed());
    }
}
