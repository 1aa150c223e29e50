package aiguillage.bench.load;

import aiguillage.bench.server.Child;
import aiguillage.bench.server.Site;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import tools.jackson.databind.json.JsonMapper;

/// The load generator for doors of files: sessions of SSHD's own client, each of which puts one file after the other
/// by opening, writing and closing it. Reads [Order]s as [LoadProcess] does.
public final class FilesProcess {

    private static final Duration LOGIN = Duration.ofSeconds(30);

    private final Site site;
    private final SshClient client;

    private FilesProcess(Site site) throws IOException {
        this.site = site;
        client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier((session, address, key) -> true);
        client.setKeyIdentityProvider(KeyPairProvider.wrap(site.sshKey()));
        client.start();
    }

    /// @param arguments the site's folder
    public static void main(String[] arguments) throws Exception {
        var load = new FilesProcess(new Site(Path.of(arguments[0])));
        var json = new JsonMapper();
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Child.say("ready");
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            Child.say(json.writeValueAsString(load.run(json.readValue(line, Order.class))));
        }
        load.client.stop();
    }

    private Round run(Order order) throws Exception {
        List<Putting> putting = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < order.clients(); i++) {
                putting.add(putting(order, i));
            }
            return Measured.round(site, order, window -> {
                var running = new ArrayList<Future<Crew.Counted>>();
                putting.forEach(one -> running.add(threads.submit(() -> one.until(window))));
                return running;
            });
        } finally {
            for (Putting one : putting) {
                one.session.close();
            }
        }
    }

    private Putting putting(Order order, int number) throws IOException {
        ClientSession session = client.connect(Site.dealer(number).value(), "127.0.0.1", order.port())
                .verify(LOGIN)
                .getSession();
        session.auth().verify(LOGIN);
        return new Putting(
                session, SftpClientFactory.instance().createSftpClient(session), order.series() + "-" + number);
    }

    /// One session. Not for several threads.
    private static final class Putting {

        private final ClientSession session;
        private final SftpClient sftp;
        private final String series;
        private long answered;
        private int[] micros = new int[1 << 12];
        private int inWindow;

        Putting(ClientSession session, SftpClient sftp, String series) {
            this.session = session;
            this.sftp = sftp;
            this.series = series;
        }

        Crew.Counted until(Crew.Window window) throws IOException {
            while (!window.isOver()) {
                String id = series + "-" + answered;
                byte[] content = Request.body(id).getBytes(StandardCharsets.US_ASCII);
                long began = System.nanoTime();
                try (SftpClient.CloseableHandle file = sftp.open(
                        "/in/" + Site.FLOW + "/" + id + ".xml",
                        SftpClient.OpenMode.Write,
                        SftpClient.OpenMode.Create,
                        SftpClient.OpenMode.Truncate)) {
                    sftp.write(file, 0, content);
                }
                long now = System.nanoTime();
                answered++;
                if (window.holds(now)) {
                    note((int) ((now - began) / 1_000));
                }
            }
            return new Crew.Counted(answered, Arrays.copyOf(micros, inWindow), List.of());
        }

        private void note(int took) {
            if (inWindow == micros.length) {
                micros = Arrays.copyOf(micros, 2 * inWindow);
            }
            micros[inWindow++] = took;
        }
    }
}
