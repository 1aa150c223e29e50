package aiguillage.gateway.replica;

import aiguillage.gateway.disk.Disk;
import aiguillage.gateway.pace.Backoff;
import aiguillage.gateway.pace.Pause;
import aiguillage.gateway.status.Troubles;
import java.time.Duration;
import java.util.function.Supplier;

/// What all keepers of one hub's replicas have around them.
///
/// @param lookAgain asks the hub which datasets are this party's
/// @param history how long what held is remembered
record Around(
        DatasetSource source,
        LearnedKey key,
        HubClock clock,
        Disk disk,
        Opener opener,
        long freeBytesMin,
        Duration history,
        Supplier<Backoff> backoff,
        Supplier<Confirmation> confirmation,
        Pause pause,
        Troubles troubles,
        Look lookAgain) {

    /// See [Around#lookAgain].
    @FunctionalInterface
    interface Look {
        void look() throws InterruptedException;
    }
}
