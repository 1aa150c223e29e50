package aiguillage.hub.door.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What stalled streams hold together has a bound: beyond it payloads come by reference.
class UnwrittenTest {

    @Test
    void streamsAreToldToHoldLessOnlyWhileTheyHoldTooMuch() {
        var unwritten = new Unwritten();
        int write = 80_000;
        long writes = Unwritten.BYTES_MAX / write;
        for (long i = 0; i < writes; i++) {
            unwritten.begin(write);
        }
        assertThat(unwritten.isShort()).isFalse();
        unwritten.begin(write);
        assertThat(unwritten.isShort()).isTrue();
        unwritten.end(write);
        assertThat(unwritten.isShort()).isFalse();
    }
}
