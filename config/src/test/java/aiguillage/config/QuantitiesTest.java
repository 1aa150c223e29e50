package aiguillage.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuantitiesTest {

    @Test
    void everyAmountOfDataIsReadBack() {
        amounts(Long.MAX_VALUE)
                .forEach(count ->
                        assertThat(Bytes.of(new Bytes(count).toString())).isEqualTo(new Bytes(count)));
    }

    @Test
    void roundAmountsOfDataAreShort() {
        for (int number = 1; number <= 999; number++) {
            assertThat(new Bytes(number * 1_000_000L)).hasToString(number + "MB");
        }
    }

    @Test
    void everyDurationIsReadBack() {
        amounts(8_640_000_000_000L).forEach(millis -> {
            Duration duration = Duration.ofMillis(millis);
            assertThat(Durations.of(Durations.shown(duration))).isEqualTo(duration);
        });
    }

    /// Of every magnitude up to the limit, round ones and others, and both ends.
    private static LongStream amounts(long max) {
        LongStream any = new Random(7).longs(1_000, 0, Long.MAX_VALUE).map(bits -> bits >>> (bits & 63));
        LongStream round = LongStream.iterate(1, power -> power <= max / 10, power -> power * 10);
        return LongStream.concat(LongStream.of(0, max), LongStream.concat(any, round))
                .filter(amount -> amount <= max);
    }

    @ParameterizedTest
    @CsvSource({"14d,1209600000", "2h,7200000", "5m,300000", "15s,15000", "500ms,500", "0s,0", "36h,129600000"})
    void durationsCarryTheirUnit(String text, long millis) {
        assertThat(Durations.of(text)).isEqualTo(Duration.ofMillis(millis));
        assertThat(Durations.shown(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"256kB,256000", "2GB,2000000000", "10MB,10000000", "1TB,1000000000000", "7B,7", "0B,0", "1500B,1500"})
    void sizesAreDecimal(String text, long count) {
        assertThat(Bytes.of(text)).isEqualTo(new Bytes(count));
    }

    @Test
    void aPlainNumberCountsBytes() {
        assertThat(Bytes.of("4096")).isEqualTo(new Bytes(4096));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "14",
                "-1s",
                "1 s",
                "1.5h",
                "1h30m",
                "5M",
                "PT5M",
                "s",
                "",
                "100001d",
                "9999999999999d",
                "99999999999999s"
            })
    void otherDurationsAreRefused(String text) {
        assertThatThrownBy(() -> Durations.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1KB", "1KiB", "1mb", "-1", "1.5MB", "MB", "", "9999999TB", "99999999999999999999"})
    void otherSizesAreRefused(String text) {
        assertThatThrownBy(() -> Bytes.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:8443", "[::1]:0", "hub-1.example.com:65535"})
    void addressesAreReadBack(String text) {
        assertThat(Address.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8443", "host", "host:", ":1", "host:65536", "::1:80", "http://host:1", "a b:1"})
    void otherAddressesAreRefused(String text) {
        assertThatThrownBy(() -> Address.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
