package aiguillage.hub.door.rest;

import java.util.concurrent.atomic.AtomicLong;

/// What streams have written and their readers have not taken, all together. Safe from any thread.
final class Unwritten {

    /// Beyond it a stream writes one event at a time, with its payload by reference: thousands of stalled readers
    /// then cost no more than their envelopes.
    static final long BYTES_MAX = 64L << 20;

    private final AtomicLong bytes = new AtomicLong();

    void begin(int count) {
        bytes.addAndGet(count);
    }

    /// To be told once of every write that ended, well or not.
    void end(int count) {
        bytes.addAndGet(-count);
    }

    /// Whether streams must hold less.
    boolean isShort() {
        return bytes.get() > BYTES_MAX;
    }
}
