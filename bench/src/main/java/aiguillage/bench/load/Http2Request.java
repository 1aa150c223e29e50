package aiguillage.bench.load;

import aiguillage.bench.server.Site;
import aiguillage.protocol.PartyId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The requests of one HTTP/2 connection: the same document as [Request] sends, with HTTP/2's headers (RFC 7541).
/// Not for several threads.
final class Http2Request {

    /// In the table every HTTP/2 speaker has: `:method: POST`, `:scheme: https`.
    private static final byte[] METHOD_AND_SCHEME = {(byte) 0x83, (byte) 0x87};

    /// The first place behind that table.
    private static final int OWN_TABLE = 62;

    private static final int LITERAL_KEPT = 0x40;
    private static final int STATUS_NAME = 8;

    private static final int ID_DIGITS = 12;

    private final String series;
    private final int statusWanted;
    private final byte[] first;
    private final byte[] later;
    private final byte[] body;
    private final int firstId;
    private final int laterId;
    private final int bodyId;
    private long sent;

    /// All requests are prepared bytes in which only the id changes.
    private Http2Request(String series, int statusWanted, boolean submits, String[][] constant) {
        this.series = series;
        this.statusWanted = statusWanted;
        first = block(constant, submits, true);
        later = block(constant, submits, false);
        body = submits ? Request.body(lastId()).getBytes(StandardCharsets.US_ASCII) : new byte[0];
        firstId = first.length - ID_DIGITS;
        laterId = later.length - ID_DIGITS;
        bodyId = submits ? Request.body(lastId()).indexOf(lastId()) + lastId().length() - ID_DIGITS : 0;
    }

    /// Submissions of new documents.
    static Http2Request submission(PartyId sender, String series) {
        String[][] constant = {
            {":path", "/v1/documents"},
            {":authority", "localhost"},
            {"content-type", "application/xml"},
            {"content-length", Integer.toString(Request.DOCUMENT_BYTES)},
            {"ce-specversion", "1.0"},
            {"ce-source", PartyId.URN_PREFIX + sender},
            {"ce-type", Site.FLOW.toString()},
            {"ce-time", "2026-03-01T09:30:00Z"},
            {"ce-subject", "C-4711"}
        };
        return new Http2Request(series, 201, true, constant);
    }

    /// Requests without a body.
    static Http2Request empty() {
        return new Http2Request(
                "", 204, false, new String[][] {{":path", "/v1/documents"}, {":authority", "localhost"}});
    }

    private byte[] block(String[][] constant, boolean submits, boolean teaches) {
        var block = new ByteArrayOutputStream(256);
        block.writeBytes(METHOD_AND_SCHEME);
        for (int i = 0; i < constant.length; i++) {
            if (teaches) {
                block.write(LITERAL_KEPT);
                text(block, constant[i][0]);
                text(block, constant[i][1]);
            } else {
                block.write(0x80 | (OWN_TABLE + constant.length - 1 - i));
            }
        }
        if (submits) {
            block.write(0);
            text(block, "ce-id");
            text(block, lastId());
        }
        return block.toByteArray();
    }

    /// The next request's header block; the first one teaches the server what stays the same. The array is used
    /// again.
    byte[] headers() {
        sent++;
        byte[] block = sent == 1 ? first : later;
        if (body.length > 0) {
            number(block, sent == 1 ? firstId : laterId);
        }
        return block;
    }

    /// The body of the request whose headers were just made. The array is used again.
    byte[] body() {
        if (body.length > 0) {
            number(body, bodyId);
        }
        return body;
    }

    private void number(byte[] bytes, int place) {
        long rest = sent;
        for (int i = ID_DIGITS - 1; i >= 0; i--) {
            bytes[place + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /// The id in the request last made.
    String lastId() {
        return series + "-" + String.format(Locale.ROOT, "%012d", sent);
    }

    int statusWanted() {
        return statusWanted;
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length > 126) {
            throw new IllegalArgumentException("longer than one byte says: " + text);
        }
        block.write(bytes.length);
        block.writeBytes(bytes);
    }

    /// Whether a header block of an answer begins with this status. A server whose table is empty writes it as one
    /// of the table every speaker has, or as text, plain or in RFC 7541's code, in which digits up to 2 are 5 bits.
    static boolean isStatus(byte[] bytes, int from, int length, int status) {
        int at = from;
        while (at < from + length && (bytes[at] & 0xe0) == 0x20) {
            at++; // the table's new size
        }
        if (status == 204) {
            return (bytes[at] & 0xff) == 0x89;
        }
        int kind = bytes[at] & 0xff;
        boolean named = (kind & 0xc0) == 0x40 ? (kind & 0x3f) == STATUS_NAME : (kind & 0x0f) == STATUS_NAME;
        int size = bytes[at + 1] & 0xff;
        boolean plain = size == 3 && new String(bytes, at + 2, 3, StandardCharsets.US_ASCII).equals("" + status);
        boolean coded = size == 0x82 && status == 201 && bytes[at + 2] == 0x10 && bytes[at + 3] == 0x03;
        return named && (plain || coded);
    }
}
