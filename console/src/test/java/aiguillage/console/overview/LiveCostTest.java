package aiguillage.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.testing.ConsoleSite;
import aiguillage.console.testing.PlainBrowser;
import aiguillage.console.web.Live;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.presence.Door;
import aiguillage.hub.testing.RunningHub;
import aiguillage.protocol.PartyId;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// What pages cost that are kept up to date, with 6,500 gateways; for who asks (`-Daiguillage.many=true`).
@EnabledIfSystemProperty(named = "aiguillage.many", matches = "true")
class LiveCostTest {

    private static final int PARTIES = 6_500;
    private static final long MEASURED_SECONDS = 10;
    private static final int PAGES = 300;

    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final AtomicLong received = new AtomicLong();

    private static String flows() {
        var flows = new StringBuilder("brands:\n  opel: { text: Opel }\nparties:\n");
        for (int i = 0; i < PARTIES; i++) {
            flows.append("  dealer-")
                    .append(i)
                    .append(": { roles: [dealer], brands: [opel], country: fr, region: eu }\n");
        }
        return flows + "  opel-centre: { roles: [centre], brands: [opel], region: eu }\n"
                + "flows:\n  opel/warranty-claim: { from: dealer, to: opel-centre }\n";
    }

    @Test
    void fiftyConsolesCostAtMostFiveTimesOne(@TempDir Path folder) throws Exception {
        try (var site = new ConsoleSite(new RunningHub(folder, flows(), InstantSource.system()))) {
            for (int i = 0; i < PARTIES; i++) {
                site.hub().inside().parts().presence().heard(new PartyId("dealer-" + i), Door.REST, null);
            }
            pages(site);
            var lines = new ArrayList<Socket>();
            try {
                measured();
                double idle = measured();
                look(site, 1, lines);
                measured();
                double one = measured() - idle;
                look(site, 49, lines);
                measured();
                double fifty = measured() - idle;
                System.out.printf(
                        "share of a core: nobody %.2f %%, one console %.2f %%, fifty %.2f %%; %,d bytes received%n",
                        100 * idle, 100 * one, 100 * fifty, received.get());
                assertThat(one).isLessThan(0.05);
                assertThat(fifty).isLessThan(5 * Math.max(one, 0.005));
            } finally {
                for (Socket line : lines) {
                    line.close();
                }
            }
        }
    }

    /// The processor's time that this process takes in a second.
    private double measured() {
        long before = process.getProcessCpuTime();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MEASURED_SECONDS);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
        return (process.getProcessCpuTime() - before) / 1e9 / MEASURED_SECONDS;
    }

    private void look(ConsoleSite site, int count, List<Socket> lines) throws IOException {
        String token = "";
        for (int i = 0; i < count; i++) {
            if (i % Live.EACH_MAX == 0) {
                token = site.signIn(ConsoleSite.operator("eve", Rank.SEE));
            }
            var line =
                    new Socket(InetAddress.getLoopbackAddress(), site.console().port());
            lines.add(line);
            line.setSoTimeout(60_000);
            line.getOutputStream()
                    .write(("GET /overview/live HTTP/1.1\r\nHost: localhost\r\nCookie: __Host-session=" + token
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            Thread.ofVirtual().start(() -> swallow(line));
        }
    }

    private void swallow(Socket line) {
        byte[] buffer = new byte[8_192];
        try (InputStream in = line.getInputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                received.addAndGet(read);
            }
        } catch (SocketException closed) {
            received.incrementAndGet(); // the test is over
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pages(ConsoleSite site) throws Exception {
        long[] nanos = new long[PAGES];
        try (PlainBrowser ada = site.administrator()) {
            for (int i = 0; i < PAGES; i++) {
                ada.get("/");
            }
            for (int i = 0; i < PAGES; i++) {
                long began = System.nanoTime();
                assertThat(ada.get("/").statusCode()).isEqualTo(200);
                nanos[i] = System.nanoTime() - began;
            }
        }
        Arrays.sort(nanos);
        double p99 = nanos[PAGES * 99 / 100] / 1e6;
        System.out.printf("the overview: median %.1f ms, p99 %.1f ms%n", nanos[PAGES / 2] / 1e6, p99);
        assertThat(p99).isLessThan(50);
    }
}
