package aiguillage.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void nothingIsSaidInTheFirstTwoSecondsAndThenSomethingOnceASecond() {
        var nanos = new AtomicLong(Long.MAX_VALUE - 5); // a clock may turn over
        List<String> said = new ArrayList<>();
        var progress = new Progress((step, done, of) -> said.add(step + " " + done + "/" + of), nanos::get);
        for (int tenths = 0; tenths < 45; tenths++) {
            progress.at("tenths", tenths, 45);
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
        }
        assertThat(said).containsExactly("tenths 20/45", "tenths 30/45", "tenths 40/45");
    }
}
