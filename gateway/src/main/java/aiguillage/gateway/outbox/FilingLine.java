package aiguillage.gateway.outbox;

import aiguillage.gateway.outbox.Filing.Answered;
import aiguillage.gateway.outbox.Filing.Item;
import aiguillage.gateway.pace.Pause;
import aiguillage.gateway.status.Trouble.Kind;
import aiguillage.gateway.status.Troubles;
import aiguillage.protocol.Brand;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/// One brand's answered documents on their way into its folders. A brand whose folder cannot be written holds up
/// only itself: its line fills, then its flows wait.
final class FilingLine implements Runnable {

    static final int LINE_DOCUMENTS_MAX = 256;
    static final Duration RETRY = Duration.ofSeconds(5);

    private final Brand brand;
    private final Filing filing;
    private final Consumer<Waiting> kept;
    private final Pause pause;
    private final Troubles troubles;
    private final BlockingQueue<Answered> line = new ArrayBlockingQueue<>(LINE_DOCUMENTS_MAX);
    private final List<Item> unfiled = new ArrayList<>();

    /// @param kept told of each document whose answer is durable
    FilingLine(Brand brand, Filing filing, Consumer<Waiting> kept, Pause pause, Troubles troubles) {
        this.brand = brand;
        this.filing = filing;
        this.kept = kept;
        this.pause = pause;
        this.troubles = troubles;
    }

    @Override
    public void run() {
        try {
            while (true) {
                while (!fileUnfiled()) {
                    pause.pause(RETRY);
                }
                keep(line.take());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    void add(Answered answered) throws InterruptedException {
        line.put(answered);
    }

    /// Documents found at start with their answer kept.
    void unfiled(Item item) {
        unfiled.add(item);
    }

    /// Files all that is in the line now.
    ///
    /// @return false when a folder cannot be written; nothing is lost, the same call later goes on
    boolean fileNow() {
        if (!fileUnfiled()) {
            return false;
        }
        Answered first = line.poll();
        if (first != null) {
            keep(first);
        }
        return fileUnfiled();
    }

    /// Takes all that waits, since one write of the book serves every one of them.
    private void keep(Answered first) {
        List<Answered> batch = new ArrayList<>(List.of(first));
        line.drainTo(batch, LINE_DOCUMENTS_MAX);
        List<Item> items = filing.keep(batch);
        items.forEach(item -> kept.accept(item.document()));
        unfiled.addAll(items);
    }

    private boolean fileUnfiled() {
        String where = filing.folder(brand).toString();
        try {
            if (!unfiled.isEmpty()) {
                filing.file(unfiled);
                unfiled.clear();
            }
            troubles.ended(Kind.FOLDER_UNUSABLE, where);
            return true;
        } catch (IOException e) {
            troubles.report(Kind.FOLDER_UNUSABLE, where, e);
            return false;
        }
    }
}
