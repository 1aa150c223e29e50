package aiguillage.bench.dataset;

import aiguillage.bench.server.Child;
import aiguillage.bench.server.Site;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What asks a gateway's door, in a process of its own: some callers, each on a connection that is kept. A
/// line is `PORT TOKEN CLIENTS MILLIS WANTED`; the answer is how many calls were answered, and how many in a
/// second. With `row` the callers ask for rows and want these; with `nothing` they ask whether the door is open.
public final class DoorLoadProcess {

    static final String ROW = "row";
    static final String NOTHING = "nothing";
    private static final int PARTS = 10_000;

    private final List<String> parts = new ArrayList<>();

    private DoorLoadProcess(PartsList list) {
        var random = new SplittableRandom(1);
        for (int i = 0; i < PARTS; i++) {
            parts.add(list.part(random.nextInt(list.places())));
        }
    }

    /// @param arguments how many rows the list has
    public static void main(String[] arguments) throws Exception {
        var load = new DoorLoadProcess(new PartsList(Integer.parseInt(arguments[0])));
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Child.say("ready");
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            String[] order = line.split(" ", -1);
            Child.say(load.round(
                    Integer.parseInt(order[0]),
                    order[1],
                    Integer.parseInt(order[2]),
                    Long.parseLong(order[3]),
                    order[4].equals(ROW)));
        }
    }

    private String round(int port, String token, int clients, long millis, boolean wantsRow) throws Exception {
        long began = System.nanoTime();
        long end = began + millis * 1_000_000;
        long answered = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<Long>> calling = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int first = i * parts.size() / clients;
                calling.add(threads.submit(() -> call(port, token, first, end, wantsRow)));
            }
            for (Future<Long> one : calling) {
                answered += one.get();
            }
        }
        return answered + " " + answered * 1e9 / (System.nanoTime() - began);
    }

    private long call(int port, String token, int first, long end, boolean wantsRow) throws IOException {
        long answered = 0;
        try (var line = new Line(port)) {
            while (System.nanoTime() < end) {
                String part = parts.get((int) ((first + answered) % parts.size()));
                String address = wantsRow ? "/v1/datasets/" + Site.PRICES + "/rows/" + part : "/v1";
                String body = line.call("GET " + address + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + token + "\r\n\r\n");
                if (wantsRow ? !body.contains(part) : !body.isEmpty()) {
                    throw new IOException("part " + part + " was not found: " + body);
                }
                answered++;
            }
        }
        return answered;
    }

    /// A connection on which each answer is waited for.
    static final class Line implements Closeable {

        private static final String LENGTH = "content-length:";

        private final Socket socket;
        private final InputStream in;

        Line(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        }

        String call(String request) throws IOException {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String status = line();
            int length = 0;
            for (String header = line(); !header.isEmpty(); header = line()) {
                if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                    length = Integer.parseInt(header.substring(LENGTH.length()).strip());
                }
            }
            String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            if (!status.startsWith("HTTP/1.1 2")) {
                throw new IOException(status + " " + body);
            }
            return body;
        }

        private String line() throws IOException {
            var line = new StringBuilder(64);
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new EOFException("the door closed the connection");
                }
                if (next != '\r') {
                    line.append((char) next);
                }
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
