package aiguillage.hub.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.testing.RunningHub;
import java.net.InetAddress;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// TLS 1.3 and nothing older, on both listeners.
@Timeout(60)
class OldTlsTest {

    @Test
    void olderVersionsOfTlsAreRefused(@TempDir Path folder) throws Exception {
        try (var hub = new RunningHub(folder)) {
            SSLContext dealer = hub.parties().context(hub.credential("dealer-7"));
            for (int port : new int[] {hub.mainPort(), hub.enrolmentUri("/").getPort()}) {
                assertThatThrownBy(() -> protocol(dealer, port, "TLSv1.2")).isInstanceOf(SSLException.class);
                assertThat(protocol(dealer, port, "TLSv1.3")).isEqualTo("TLSv1.3");
            }
        }
    }

    private static String protocol(SSLContext context, int port, String version) throws Exception {
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            return socket.getSession().getProtocol();
        }
    }
}
