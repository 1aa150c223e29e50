package aiguillage.bench.load;

import aiguillage.bench.flat.Prices;
import aiguillage.bench.server.Child;
import aiguillage.bench.server.Site;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import tools.jackson.databind.json.JsonMapper;

/// The load generator for doors of files: sessions, each of which puts one file after the other. Reads [Order]s
/// as [LoadProcess] does.
public final class FilesProcess {

    /// Of a flat file; each becomes a document.
    public static final int LINES = 20;

    private final Site site;
    private final Opening opening;

    /// Opens sessions.
    private interface Opening {
        FileLine open(int dealer, int port) throws IOException;
    }

    private FilesProcess(Site site, Opening opening) {
        this.site = site;
        this.opening = opening;
    }

    /// @param arguments the site's folder, and `sftp`, or `ftps` and the most clients there will be
    public static void main(String[] arguments) throws Exception {
        var site = new Site(Path.of(arguments[0]));
        if (arguments[1].equals("ftps")) {
            List<SSLContext> tls = site.dealers(Integer.parseInt(arguments[2]));
            serve(new FilesProcess(
                    site,
                    (dealer, port) ->
                            new FtpsLine(tls.get(dealer), Site.dealer(dealer).value(), port)));
            return;
        }
        SshClient client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier((session, address, key) -> true);
        client.setKeyIdentityProvider(KeyPairProvider.wrap(site.sshKey()));
        client.start();
        serve(new FilesProcess(
                site, (dealer, port) -> new SftpLine(client, Site.dealer(dealer).value(), port)));
        client.stop();
    }

    private static void serve(FilesProcess load) throws Exception {
        var json = new JsonMapper();
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Child.say("ready");
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            Child.say(json.writeValueAsString(load.run(json.readValue(line, Order.class))));
        }
    }

    private Round run(Order order) throws Exception {
        List<Putting> putting = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < order.clients(); i++) {
                putting.add(new Putting(
                        opening.open(i, order.port()), order.kind() == Order.Kind.FLAT, order.series() + "-" + i));
            }
            return Measured.round(site, order, window -> {
                var running = new ArrayList<Future<Crew.Counted>>();
                putting.forEach(one -> running.add(threads.submit(() -> one.until(window))));
                return running;
            });
        } finally {
            for (Putting one : putting) {
                one.line.close();
            }
        }
    }

    /// One session. Not for several threads.
    private static final class Putting {

        private final FileLine line;
        private final boolean isFlat;
        private final String series;
        private long answered;
        private int[] micros = new int[1 << 12];
        private int inWindow;

        Putting(FileLine line, boolean isFlat, String series) {
            this.line = line;
            this.isFlat = isFlat;
            this.series = series;
        }

        Crew.Counted until(Crew.Window window) throws IOException {
            while (!window.isOver()) {
                String id = series + "-" + answered;
                String path = "/in/" + (isFlat ? Site.PRICE_LINES : Site.FLOW) + "/" + id + (isFlat ? ".csv" : ".xml");
                byte[] content =
                        (isFlat ? Prices.list(id + "-", LINES) : Request.body(id)).getBytes(StandardCharsets.UTF_8);
                long began = System.nanoTime();
                line.put(path, content);
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
