package aiguillage.hub.intake;

import aiguillage.hub.entry.Payload;
import aiguillage.hub.payload.Payloads;
import aiguillage.protocol.Digest;

/// A payload that was read to its end.
public sealed interface Received {

    /// In memory. A document has at most [Payloads#INLINE_BYTES_MAX] bytes so: it stands beside its entry.
    record Small(byte[] content) implements Received {

        @Override
        public Payload payload() {
            return new Payload(Digest.of(content), content.length, null);
        }

        @Override
        public long bytes() {
            return content.length;
        }
    }

    /// It is in a file, durably; whoever does not hand it over to [Intake#take] removes that.
    record Large(Payloads.Stored stored) implements Received {

        @Override
        public Payload payload() {
            return new Payload(stored.digest(), stored.bytes(), stored.file());
        }

        @Override
        public long bytes() {
            return stored.bytes();
        }
    }

    /// How many bytes it has.
    long bytes();

    /// What an entry says of it.
    Payload payload();
}
