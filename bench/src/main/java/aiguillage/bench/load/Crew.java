package aiguillage.bench.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/// One thread's share of the clients. Runs them until the window ends, then waits for the answers on their way.
final class Crew implements Callable<Crew.Counted> {

    /// Every so many answers of a crew, a receipt is kept to be verified.
    private static final int RECEIPT_EVERY = 2_000;

    private static final long ANSWER_MILLIS_MAX = 10_000;

    private final List<Client> clients;
    private final Window window;
    private long answered;
    private int[] micros = new int[1 << 16];
    private int inWindow;
    private final List<Kept> kept = new ArrayList<>();

    Crew(List<Client> clients, Window window) {
        this.clients = clients;
        this.window = window;
    }

    /// Between these two moments answers are measured; all are counted.
    record Window(long beginNanos, long endNanos) {

        boolean holds(long nanos) {
            return nanos - beginNanos >= 0 && nanos - endNanos < 0;
        }

        boolean isOver() {
            return System.nanoTime() - endNanos >= 0;
        }
    }

    /// A receipt, and the id of the document it should be of.
    record Kept(String id, byte[] receipt) {}

    /// @param answered all answers, in and outside the window
    /// @param micros how long each answer in the window took
    record Counted(long answered, int[] micros, List<Kept> kept) {}

    @Override
    public Counted call() throws IOException {
        try (Selector selector = Selector.open()) {
            for (Client client : clients) {
                client.register(selector);
                if (!client.waits()) {
                    client.send();
                }
            }
            int open = clients.size();
            while (open > 0) {
                if (selector.select(ANSWER_MILLIS_MAX) == 0) {
                    throw new IOException("no answer for " + ANSWER_MILLIS_MAX + " ms; " + open + " are awaited");
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    open -= step((Client) key.attachment()) ? 0 : 1;
                }
                selector.selectedKeys().clear();
            }
        }
        return new Counted(answered, Arrays.copyOf(micros, inWindow), kept);
    }

    /// @return false when the client has its last answer
    private boolean step(Client client) throws IOException {
        if (!client.receive()) {
            return true;
        }
        take(client);
        if (window.isOver()) {
            return false;
        }
        client.send();
        return true;
    }

    private void take(Client client) throws IOException {
        long now = System.nanoTime();
        Answer answer = client.answer();
        Request request = client.request();
        if (answer.status() != request.statusWanted()) {
            throw new IOException("wanted " + request.statusWanted() + ", got " + answer.text());
        }
        if (window.holds(now)) {
            note((int) ((now - client.sentNanos()) / 1_000));
        }
        if (request.receiptsAreOurs() && answered % RECEIPT_EVERY == 0) {
            kept.add(new Kept(request.lastId(), answer.body()));
        }
        answered++;
    }

    private void note(int took) {
        if (inWindow == micros.length) {
            micros = Arrays.copyOf(micros, 2 * inWindow);
        }
        micros[inWindow++] = took;
    }
}
