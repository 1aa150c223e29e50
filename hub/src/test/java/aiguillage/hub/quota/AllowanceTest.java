package aiguillage.hub.quota;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.config.Bytes;
import aiguillage.config.ConfigReader;
import org.junit.jupiter.api.Test;

class AllowanceTest {

    private static Allowance read(String yaml) {
        return new ConfigReader().text("hub.yaml", yaml, Allowance.class).value();
    }

    @Test
    void whatIsLeftOutIsUsual() {
        assertThat(read("{}")).isEqualTo(Allowance.USUAL);
    }

    @Test
    void everyKeyCanBeSet() {
        assertThat(read("""
                documents-per-minute: 1
                documents-at-once: 2
                requests-per-minute: 3
                requests-at-once: 4
                bytes-per-minute: 5kB
                uploads-open: 6
                requests-open: 8
                connections-open: 9
                """)).isEqualTo(new Allowance(1, 2, 3, 4, new Bytes(5_000), 6, 8, 9));
    }

    @Test
    void aMultipleOfVeryMuchIsTheMostThatCanBeSaid() {
        Allowance most = read("bytes-per-minute: 1000TB").times(new Multiple(10_000));
        assertThat(most.bytesPerMinute()).isEqualTo(new Bytes(999_999_999_990_000L));
        assertThat(most.requestsPerMinute()).isEqualTo(600_000_000);
    }
}
