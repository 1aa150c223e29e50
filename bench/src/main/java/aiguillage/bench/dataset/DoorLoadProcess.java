package aiguillage.bench.dataset;

import aiguillage.bench.server.Child;
import aiguillage.bench.server.Site;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
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

    /// A connection on which each answer is waited for, and read with as little work as possible.
    static final class Line implements Closeable {

        private static final int ANSWER_BYTES_MAX = 64 << 10;
        private static final String LENGTH = "content-length:";

        private final Socket socket;
        private final byte[] answer = new byte[ANSWER_BYTES_MAX];
        private int read;

        Line(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
        }

        String call(String request) throws IOException {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            read = 0;
            int head = -1;
            while (head < 0) {
                readSome();
                head = headBytes();
            }
            String headers = new String(answer, 0, head, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
            int length = headers.indexOf(LENGTH) < 0 ? 0 : length(headers);
            while (read < head + length) {
                readSome();
            }
            String body = new String(answer, head, length, StandardCharsets.UTF_8);
            if (!headers.startsWith("http/1.1 2")) {
                throw new IOException(headers + body);
            }
            return body;
        }

        private void readSome() throws IOException {
            int count = socket.getInputStream().read(answer, read, answer.length - read);
            if (count <= 0) {
                throw new EOFException("the door closed the connection, or its answer is too long");
            }
            read += count;
        }

        /// Or -1 while the empty line behind it has not come.
        private int headBytes() {
            for (int i = 3; i < read; i++) {
                if (answer[i] == '\n' && answer[i - 2] == '\n') {
                    return i + 1;
                }
            }
            return -1;
        }

        private static int length(String headers) {
            int begin = headers.indexOf(LENGTH) + LENGTH.length();
            return Integer.parseInt(
                    headers.substring(begin, headers.indexOf('\r', begin)).strip());
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
