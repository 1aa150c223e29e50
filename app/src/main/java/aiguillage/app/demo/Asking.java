package aiguillage.app.demo;

import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.gateway.client.PriceBook;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Asks every dealer's door again and again what a part costs, each dealer on a thread of its own, until it hears the
/// new price. Each answer is kept with its time by this machine's clock, which is the hub's too.
final class Asking implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final int UNAVAILABLE = 503;

    private final List<Asker> askers = new ArrayList<>();

    /// What a door said.
    private enum Said {
        OLD,
        NEW,
        /// The version that holds is here, and its key is not.
        CANNOT_TELL
    }

    private record Answered(Instant at, Said said) {
        boolean isNew() {
            return said == Said.NEW;
        }
    }

    private static final class Asker {
        private final DealerDoor door;
        private final List<Answered> answers = new ArrayList<>(); // guarded by itself
        private volatile boolean isOver;
        private volatile @Nullable IOException failed;
        private final Thread thread;

        Asker(DealerDoor door, String part, String price) {
            this.door = door;
            this.thread = Thread.ofPlatform().name("asks-" + door.dealer()).start(() -> ask(part, price));
        }

        private void ask(String part, String price) {
            try {
                Said said = Said.OLD;
                while (said != Said.NEW && !isOver) {
                    said = asked(part, price);
                    synchronized (answers) {
                        answers.add(new Answered(Instant.now(), said));
                    }
                    Thread.sleep(PAUSE);
                }
            } catch (IOException e) {
                failed = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private Said asked(String part, String price) throws IOException, InterruptedException {
            try {
                return door.price(part).filter(price::equals).isPresent() ? Said.NEW : Said.OLD;
            } catch (PriceBook.Refused cannotTell) {
                if (cannotTell.status() != UNAVAILABLE) {
                    throw cannotTell;
                }
                return Said.CANNOT_TELL;
            }
        }

        List<Answered> answers() {
            synchronized (answers) {
                return List.copyOf(answers);
            }
        }

        Optional<Instant> heard() {
            return answers().stream().filter(Answered::isNew).map(Answered::at).findFirst();
        }
    }

    private Asking() {}

    static Asking begin(List<DealerDoor> doors, String part, String newPrice) {
        var asking = new Asking();
        doors.forEach(door -> asking.askers.add(new Asker(door, part, newPrice)));
        return asking;
    }

    /// Dealers that have heard the new price.
    int heard() {
        return (int) askers.stream().filter(asker -> asker.heard().isPresent()).count();
    }

    boolean isHeardByAll() {
        for (Asker asker : askers) {
            IOException failed = asker.failed;
            if (failed != null) {
                throw new Failure(Exit.INTERNAL, asker.door.dealer() + "'s door does not answer: " + failed, failed);
            }
        }
        return heard() == askers.size();
    }

    /// How long after an instant the last of the dealers who heard it heard it.
    Duration last(Instant since) {
        return askers.stream()
                .flatMap(asker -> asker.heard().stream())
                .max(Instant::compareTo)
                .map(last -> Duration.between(since, last))
                .orElse(Duration.ZERO);
    }

    /// Answers before an instant.
    int before(Instant instant) {
        return count(answer -> answer.at().isBefore(instant));
    }

    /// Those of them that had the new price.
    int early(Instant instant) {
        return count(answer -> answer.at().isBefore(instant) && answer.isNew());
    }

    /// Questions from an instant on that a gateway could not answer yet.
    int untold(Instant instant) {
        return count(answer -> !answer.at().isBefore(instant) && answer.said() == Said.CANNOT_TELL);
    }

    private int count(Predicate<Answered> which) {
        return (int) askers.stream()
                .flatMap(asker -> asker.answers().stream())
                .filter(which)
                .count();
    }

    /// How long before an instant every dealer had last been asked.
    Duration lastBefore(Instant instant) {
        return askers.stream()
                .map(asker -> asker.answers().stream()
                        .map(Answered::at)
                        .filter(at -> at.isBefore(instant))
                        .max(Instant::compareTo)
                        .orElse(Instant.EPOCH))
                .min(Instant::compareTo)
                .map(last -> Duration.between(last, instant))
                .orElse(Duration.ZERO);
    }

    /// Asks no more.
    @Override
    public void close() {
        askers.forEach(asker -> asker.isOver = true);
        for (Asker asker : askers) {
            try {
                asker.thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // whoever stops the demo ends its processes too
                return;
            }
        }
    }
}
