package aiguillage.dataset.publish;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.dataset.schema.Dialect;
import aiguillage.dataset.schema.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CellTest {

    private static final Random RANDOM = new Random(7);

    private static String text(String letters) {
        return RANDOM.ints(1 + RANDOM.nextInt(12), 0, letters.length())
                .mapToObj(i -> letters.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    private static String outcome(Supplier<String> canonical) {
        try {
            return canonical.get();
        } catch (IllegalArgumentException e) {
            return "refused: " + e.getMessage();
        }
    }

    private static void assertSame(Type type, boolean decimalComma, String letters) {
        var dialect = new Dialect(';', true, StandardCharsets.UTF_8, decimalComma, "d/M/uuuu");
        var cell = new Cell(type, dialect);
        for (int i = 0; i < 20_000; i++) {
            String text = text(letters);
            assertThat(outcome(() -> cell.canonical(text)))
                    .as("%s as %s", text, type)
                    .isEqualTo(outcome(() -> type.canonical(text, dialect)));
        }
    }

    @Test
    void theFastWayGivesWhatTheTypeGives() {
        for (int scale : new int[] {0, 1, 2, 6}) {
            assertSame(new Type.Decimal(scale), false, "0123.");
            assertSame(new Type.Decimal(scale), true, "0123,,");
            assertSame(new Type.Decimal(scale), scale == 2, "0019,.-+ ");
        }
        assertSame(new Type.Text(8), false, "aZ ~é€\t\u007f\ud83d\ude97");
        assertSame(new Type.Date(), false, "0123/");
        assertSame(new Type.Code(List.of("A", "BA")), false, "AB");
        var dialect = new Dialect(';', true, StandardCharsets.UTF_8, false, "d/M/uuuu");
        assertThat(new Cell(new Type.Date(), dialect).canonical("1/4/2026")).isEqualTo("2026-04-01");
    }
}
