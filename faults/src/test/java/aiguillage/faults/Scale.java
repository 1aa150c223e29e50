package aiguillage.faults;

import java.time.Duration;

/// How much of each fault.
///
/// @param kills of hub and gateways together
/// @param stopped how long a process is stopped
/// @param busy how long faults that have no length of their own go on
/// @param fsyncs how often the disk fails
/// @param connections half-open
/// @param loris connections that send a byte at a time
/// @param unacknowledged deliveries that nobody acknowledges
/// @param waiting deliveries in the large mailbox
/// @param damages places in each file of a store
record Scale(
        int kills,
        Duration stopped,
        Duration busy,
        int fsyncs,
        int connections,
        int loris,
        int unacknowledged,
        int waiting,
        int damages) {

    static final Scale FULL =
            new Scale(300, Duration.ofSeconds(30), Duration.ofSeconds(15), 10, 10_000, 400, 5_000, 5_000_000, 3);

    static final Scale SHORT = new Scale(6, Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 500, 40, 200, 20_000, 0);

    boolean isFull() {
        return kills >= FULL.kills;
    }
}
