package aiguillage.bench.load;

import aiguillage.bench.server.Site;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The prepared bytes of one client's requests; only the id in them changes, or they are made beforehand. One per
/// connection, not for several threads.
final class Request {

    static final int DOCUMENT_BYTES = 2_048;

    private static final int ID_DIGITS = 12;
    private static final String ID = "0".repeat(ID_DIGITS);
    private static final String STAR = "http://www.starstandard.org/STAR/5";
    private static final String TRANSPORT = "http://www.starstandards.org/webservices/2009/transport";
    private static final String FILLING = "<part number=\"9802334580\" quantity=\"1\">water pump</part>\n";

    private final List<byte[]> messages;
    private final int[] ids;
    private final int statusWanted;
    private final boolean receiptsAreOurs;
    private final long most;
    private long sent;

    private Request(String text, int statusWanted, boolean receiptsAreOurs) {
        this.messages = List.of(text.getBytes(StandardCharsets.US_ASCII));
        this.ids = places(text);
        this.statusWanted = statusWanted;
        this.receiptsAreOurs = receiptsAreOurs;
        this.most = Long.MAX_VALUE;
    }

    private Request(List<byte[]> messages, int first, long most) {
        this.messages = messages;
        this.ids = new int[0];
        this.statusWanted = 200;
        this.receiptsAreOurs = false;
        this.sent = first;
        this.most = first + most;
    }

    /// Submissions of new documents.
    ///
    /// @param series the first part of their ids
    static Request submission(PartyId sender, String series, boolean receiptsAreOurs) {
        String id = series + "-" + ID;
        String body = body(id);
        return new Request(
                "POST /v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/xml\r\nContent-Length: "
                        + body.length() + "\r\nce-specversion: 1.0\r\nce-id: " + id + "\r\nce-source: "
                        + PartyId.URN_PREFIX + sender + "\r\nce-type: " + Site.FLOW
                        + "\r\nce-time: 2026-03-01T09:30:00Z\r\nce-subject: C-4711\r\n\r\n" + body,
                201,
                receiptsAreOurs);
    }

    /// The same by STAR's PutMessage.
    static Request star(String series) {
        String id = series + "-" + ID;
        var bod = new StringBuilder("<ProcessWarrantyClaim xmlns=\"" + STAR + "\"><ApplicationArea><BODID>" + id
                + "</BODID></ApplicationArea>");
        while (bod.length() < DOCUMENT_BYTES) {
            bod.append(FILLING);
        }
        String body = "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:t=\"" + TRANSPORT
                + "\"><e:Header><t:payloadManifest><t:manifest contentID=\"C1\" namespaceURI=\"" + STAR
                + "\" element=\"ProcessWarrantyClaim\"/></t:payloadManifest></e:Header><e:Body><t:PutMessage>"
                + "<t:payload><t:content id=\"C1\">" + bod
                + "</ProcessWarrantyClaim></t:content></t:payload></t:PutMessage></e:Body></e:Envelope>";
        return new Request(
                "POST /star HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml; charset=utf-8\r\nSOAPAction: \""
                        + TRANSPORT + "/operations/PutMessage\"\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body,
                200,
                false);
    }

    /// A request without a body, which wants an answer without one.
    static Request empty() {
        return new Request("POST /v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", 204, false);
    }

    /// Messages as they are, from one on, round and round.
    static Request of(List<byte[]> messages, int first) {
        return new Request(messages, first, Long.MAX_VALUE - first);
    }

    /// Messages as they are, from one on, each once.
    static Request once(List<byte[]> messages, int first, int count) {
        return new Request(messages, first, count);
    }

    /// A document with this id in it.
    static String body(String id) {
        var body = new StringBuilder("<claim id=\"" + id + "\">\n");
        while (body.length() < DOCUMENT_BYTES) {
            body.append(FILLING);
        }
        return body.substring(0, DOCUMENT_BYTES);
    }

    private static int[] places(String text) {
        List<Integer> places = new ArrayList<>();
        for (int at = text.indexOf(ID); at >= 0; at = text.indexOf(ID, at + ID_DIGITS)) {
            places.add(at);
        }
        return places.stream().mapToInt(Integer::intValue).toArray();
    }

    /// The bytes of the next request; the array is used again for the one after it.
    ///
    /// @throws IOException when all that were made have been sent
    byte[] next() throws IOException {
        if (sent == most) {
            throw new IOException("all messages made for this round are sent before it ends; make more of them");
        }
        long number = sent++;
        byte[] bytes = messages.get((int) (number % messages.size()));
        for (int place : ids) {
            long rest = number;
            for (int i = ID_DIGITS - 1; i >= 0; i--) {
                bytes[place + i] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
        }
        return bytes;
    }

    int statusWanted() {
        return statusWanted;
    }

    /// Whether answers are receipts of ours, to be verified.
    boolean receiptsAreOurs() {
        return receiptsAreOurs;
    }

    /// The id in the request last sent, from the bytes themselves.
    String lastId() {
        byte[] bytes = messages.getFirst();
        int end = ids[0] + ID_DIGITS;
        int begin = ids[0];
        while (bytes[begin - 1] != ' ') {
            begin--;
        }
        return new String(bytes, begin, end - begin, StandardCharsets.US_ASCII);
    }
}
