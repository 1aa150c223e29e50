package aiguillage.gateway.outbox;

import aiguillage.protocol.CloudEvents;
import aiguillage.protocol.Envelope;
import java.util.Map;

/// Whether an envelope can be kept in the book, read back and sent. Checked before anything is durable: a document
/// that is in the outbox must be one that can leave it.
final class Sendable {

    /// What the envelope may take of a request's headers: hubs read 16 kB, and what HTTP and a signature add needs
    /// room.
    static final int HEADER_BYTES_MAX = 12 * 1024;

    /// `: ` and the line's end.
    private static final int BYTES_PER_HEADER = 4;

    private Sendable() {}

    /// @throws IllegalArgumentException when it cannot be sent; the message says what is wrong
    static void require(Envelope envelope) {
        Map<String, String> headers = CloudEvents.headers(envelope);
        int bytes = 0;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            String value = header.getValue();
            if (!value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                throw new IllegalArgumentException(
                        "the media type (contenttype) has characters other than printable ASCII; it is sent as the"
                                + " header " + header.getKey());
            }
            bytes += header.getKey().length() + value.length() + BYTES_PER_HEADER;
        }
        if (bytes > HEADER_BYTES_MAX) {
            throw new IllegalArgumentException("its attributes take " + bytes + " bytes as headers, where at most "
                    + HEADER_BYTES_MAX + " can be sent; characters other than ASCII take three bytes for each of"
                    + " theirs. Shorten them, or put them into the document");
        }
        if (!CloudEvents.envelope(headers).equals(envelope)) {
            throw new IllegalArgumentException("its attributes do not come out of the headers as they went in");
        }
    }
}
