package aiguillage.gateway.link;

import static aiguillage.fuzz.Inputs.require;

import aiguillage.fuzz.Inputs;
import aiguillage.fuzz.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// The permanent stream as a gateway reads it, from whoever it takes for its hub.
public final class StreamTarget implements Target {

    @Override
    public List<byte[]> seeds() {
        return Inputs.of(
                "retry: 3000\n\n: beat\n\nid: 7\nevent: delivery\ndata: " + DeliveryTarget.DELIVERY + "\n\n",
                "event: goodbye\r\nretry: 5\r\ndata: stopping\r\n\r\n",
                "data: a\rdata:b\r\rid\nevent\n\n");
    }

    @Override
    public void run(byte[] input) {
        List<EventReader.Read> reads = reads(new ByteArrayInputStream(input));
        require(reads.equals(reads(new OneByOne(input))), "does not depend on how the bytes come", reads);
        var stream = new HttpStream(new ByteArrayInputStream(input));
        try {
            for (int i = 0; i <= input.length; i++) {
                require(stream.next() != null, "an event is one");
            }
            throw new AssertionError("more events than bytes");
        } catch (IOException ended) {
            stream.close();
        }
    }

    private static List<EventReader.Read> reads(InputStream in) {
        var reader = new EventReader(in);
        var reads = new ArrayList<EventReader.Read>();
        try {
            while (true) {
                reads.add(reader.next());
            }
        } catch (IOException ended) {
            return reads;
        }
    }

    /// A line so bad that bytes come one by one.
    private static final class OneByOne extends ByteArrayInputStream {

        OneByOne(byte[] bytes) {
            super(bytes);
        }

        @Override
        public int read(byte[] into, int from, int length) {
            return super.read(into, from, Math.min(1, length));
        }
    }
}
