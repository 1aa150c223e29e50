package aiguillage.hub.intake;

import aiguillage.hub.entry.Payload;
import aiguillage.hub.payload.Payloads;
import aiguillage.protocol.Digest;

/// A payload that was read to its end.
public sealed interface Received {

    /// At most [Payloads#INLINE_BYTES_MAX] bytes: it stands beside its entry.
    record Small(byte[] bytes) implements Received {

        @Override
        public Payload payload() {
            return new Payload(Digest.of(bytes), bytes.length, null);
        }
    }

    /// It is in a file, durably; whoever does not hand it over to [Intake#take] removes that.
    record Large(Payloads.Stored stored) implements Received {

        @Override
        public Payload payload() {
            return new Payload(stored.digest(), stored.bytes(), stored.file());
        }
    }

    /// What an entry says of it.
    Payload payload();
}
