package aiguillage.hub.door.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.problem.Refused;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// So many tries at once, then one more each interval, whatever the machine's clock is set to.
class SourceLimitTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // it may run over
    private final SourceLimit limit = new SourceLimit(3, Duration.ofSeconds(6), nanos::get);

    @Test
    void aSourceGetsItsTriesBackWithTime() {
        for (int i = 0; i < 3; i++) {
            limit.take("192.0.2.1");
        }
        assertThatThrownBy(() -> limit.take("192.0.2.1")).isInstanceOf(Refused.class);
        limit.take("192.0.2.2");
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        limit.take("192.0.2.1");
        assertThatThrownBy(() -> limit.take("192.0.2.1"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.particulars()).containsEntry("retryAfter", 6L));
    }

    @Test
    void anAddressOfIpv6StandsForItsNetwork() throws Exception {
        assertThat(source("2001:db8:1:2:3:4:5:6")).isEqualTo(source("2001:db8:1:ff::1"));
        assertThat(source("2001:db8:1:2::1")).isNotEqualTo(source("2001:db8:1:102::1"));
        assertThat(source("127.0.0.1")).isNotEqualTo(source("127.0.0.2"));
    }

    private static String source(String address) throws Exception {
        return SourceLimit.source(new InetSocketAddress(InetAddress.ofLiteral(address), 1));
    }
}
