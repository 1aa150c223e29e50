package aiguillage.pki.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class EnrolmentCodeTest {

    @Test
    void aCodeHasEightGroupsThatCanBeReadOut() {
        String printed = EnrolmentCode.random(new SecureRandom()).printed();
        assertThat(printed).matches("([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}");
    }

    @Property(tries = 200)
    void anyThirtyTwoDigitsAreACodeThatPrintsThem(
            @ForAll @StringLength(32) @CharRange(from = '0', to = '9') @CharRange(from = 'P', to = 'T') String digits) {
        EnrolmentCode code = EnrolmentCode.parse(digits);
        assertThat(code.printed().replace("-", "")).isEqualTo(digits);
        assertThat(EnrolmentCode.parse(code.printed()).fits(code.hash())).isTrue();
    }

    @Property(tries = 200)
    void howItIsTypedDoesNotMatter(@ForAll @IntRange(min = 0, max = 38) int at, @ForAll boolean spaces) {
        EnrolmentCode code = EnrolmentCode.random(new SecureRandom());
        String typed = new StringBuilder(code.printed().toLowerCase(Locale.ROOT))
                .insert(at, spaces ? " " : "-")
                .toString()
                .replace('0', 'o')
                .replace('1', 'l');
        assertThat(EnrolmentCode.parse(typed)).isEqualTo(code);
    }

    @Property(tries = 200)
    void anyOtherDigitIsAnotherCode(@ForAll @IntRange(min = 0, max = 31) int at) {
        EnrolmentCode code = EnrolmentCode.random(new SecureRandom());
        char[] digits = code.printed().replace("-", "").toCharArray();
        digits[at] = digits[at] == '7' ? '8' : '7';
        assertThat(EnrolmentCode.parse(new String(digits)).fits(code.hash())).isFalse();
    }

    @Property(tries = 200)
    void anyTextIsACodeOrRefused(@ForAll String text) {
        try {
            assertThat(EnrolmentCode.parse(text).printed()).hasSize(39);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("enrolment code");
        }
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
