package aiguillage.pki.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JdkServerTest {

    @Test
    void whoeverIsSlowIsCutOffAndConnectionsAreCounted() throws Exception {
        var free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        JdkServer.plain(free, 1, Duration.ofSeconds(10)).stop(0);
        for (String name : new String[] {"sun.net.httpserver.maxReqTime", "sun.net.httpserver.maxRspTime"}) {
            assertThat(Long.parseLong(System.getProperty(name))).as(name).isBetween(1L, 600L);
        }
        assertThat(System.getProperty("jdk.httpserver.maxConnections"))
                .isEqualTo(Integer.toString(JdkServer.CONNECTIONS_MAX));
    }
}
