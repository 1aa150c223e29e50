package aiguillage.hub.as4;

import aiguillage.pki.Credential;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the messages that the hub, or a party, answers with or sends. Safe from any thread.
public final class As4Writer {

    /// Of SOAP alone.
    public static final String SOAP_TYPE = "application/soap+xml;charset=utf-8";

    private static final int BOUNDARY_BYTES = 16;
    private static final int COPY_BYTES = 16 << 10;

    private final Signer signer;
    private final SecureRandom random;

    /// The hub's.
    public As4Writer(As4Keys keys, SecureRandom random) {
        this.signer = new Signer(keys::signing);
        this.random = random;
    }

    /// A party's, which signs all with the one key that it connects with.
    ///
    /// @param party its key is of the suite that is asked for
    public As4Writer(Credential party, SecureRandom random) {
        var key = new As4Keys.Held(party.key(), party.chain().leaf());
        this.signer = new Signer(_ -> key);
        this.random = random;
    }

    /// A payload's bytes from their beginning, as often as they are asked for.
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }

    /// A message with its payload, to be read once.
    ///
    /// @param bytes how many `body` has
    public record Parcel(String contentType, long bytes, InputStream body) {}

    /// A signed receipt (AS4 1.0, 5.1.8) for a message.
    ///
    /// @param parts that the message's signature covers
    public byte[] receipt(Suite suite, String id, Instant time, String refTo, List<SignedPart> parts) {
        return signer.signed(suite, MessageText.receipt(id, time, refTo, parts), Map.of(), "");
    }

    /// Asks for the next message of a channel.
    ///
    /// @param mpc the channel, or null for the default one
    public byte[] pullRequest(Suite suite, String id, Instant time, @Nullable String mpc) {
        return signer.signed(suite, MessageText.pullRequest(id, time, mpc), Map.of(), "");
    }

    /// An error.
    ///
    /// @param suite how it is signed; null: it is not, since nobody was identified
    /// @param refTo the message it is about; empty when that could not be told
    /// @param code of the catalogue of problems, before the detail; empty: it is none of them
    public byte[] error(
            @Nullable Suite suite, String id, Instant time, String refTo, EbmsError error, String code, String detail) {
        String unit = MessageText.error(id, time, refTo, error, code, detail);
        return suite == null ? Signer.unsigned(unit) : signer.signed(suite, unit, Map.of(), "");
    }

    /// A user message with its payload packed by gzip, signed, and encrypted where a certificate is given.
    /// The payload is read as the parcel is; in constant memory.
    ///
    /// @param reader what it is encrypted to, or null
    /// @param packed what [#digested] says of the payload
    /// @throws IOException when the payload cannot be read
    public Parcel userMessage(
            Suite suite, Outgoing message, @Nullable X509Certificate reader, Digested packed, Source payload)
            throws IOException {
        String cid = cid(message);
        String gzip = "application/gzip";
        Sealing sealing = reader == null ? null : Sealing.of(reader, message.contentId(), gzip, random);
        byte[] soap = signer.signed(
                suite,
                MessageText.userMessage(message),
                Map.of(cid, packed.sha256),
                sealing == null ? "" : sealing.header());
        var name = new byte[BOUNDARY_BYTES];
        random.nextBytes(name);
        String boundary = "part-" + HexFormat.of().formatHex(name);
        byte[] before = concatenated(
                part(boundary, SOAP_TYPE, "soap." + message.contentId()),
                soap,
                ("\r\n" + part(boundary, sealing == null ? gzip : "application/octet-stream", message.contentId())));
        byte[] behind = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
        InputStream plain = new Packed(payload.open());
        long bytes = packed.bytes + (sealing == null ? 0 : Sealing.ADDED_BYTES);
        return new Parcel(
                "multipart/related;type=\"application/soap+xml\";boundary=\"" + boundary + "\";start=\"<soap."
                        + message.contentId() + ">\"",
                before.length + bytes + behind.length,
                new SequenceInputStream(Collections.enumeration(List.of(
                        new ByteArrayInputStream(before),
                        sealing == null ? plain : sealing.sealed(plain),
                        new ByteArrayInputStream(behind)))));
    }

    private static String cid(Outgoing message) {
        return "cid:" + message.contentId();
    }

    private static String part(String boundary, String contentType, String id) {
        return "--" + boundary + "\r\nContent-Type: " + contentType
                + "\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <" + id + ">\r\n\r\n";
    }

    private static byte[] concatenated(String head, byte[] soap, String tail) {
        byte[] first = head.getBytes(StandardCharsets.US_ASCII);
        byte[] last = tail.getBytes(StandardCharsets.US_ASCII);
        var all = new byte[first.length + soap.length + last.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(soap, 0, all, first.length, soap.length);
        System.arraycopy(last, 0, all, first.length + soap.length, last.length);
        return all;
    }

    /// What a payload is once it is packed: always the same for the same payload.
    public record Digested(byte[] sha256, long bytes) {}

    /// Finds out what a payload is once it is packed, for which it is packed.
    @FunctionalInterface
    public interface Packing {
        Digested digested() throws IOException;
    }

    /// Packs a payload, which takes a processor for some seconds for each 100 MB.
    ///
    /// @throws IOException when it cannot be read
    public static Digested digested(Source payload) throws IOException {
        MessageDigest sha256 = Proof.sha256();
        long bytes = 0;
        try (InputStream packed = new Packed(payload.open())) {
            var buffer = new byte[COPY_BYTES];
            for (int n = packed.read(buffer); n >= 0; n = packed.read(buffer)) {
                sha256.update(buffer, 0, n);
                bytes += n;
            }
        }
        return new Digested(sha256.digest(), bytes);
    }

    /// Whether a receipt is for this message as it was sent: every part of it, with its digest. Of the payload
    /// is asked only when the rest fits.
    ///
    /// @throws IOException when the payload cannot be read
    public boolean isReceiptOf(As4Message.Receipt receipt, Outgoing message, Packing payload) throws IOException {
        for (Map.Entry<String, byte[]> part :
                Signer.digests(MessageText.userMessage(message)).entrySet()) {
            if (!isSame(receipt, part.getKey(), part.getValue())) {
                return false;
            }
        }
        return receipt.digests().containsKey(cid(message))
                && isSame(receipt, cid(message), payload.digested().sha256());
    }

    private static boolean isSame(As4Message.Receipt receipt, String uri, byte[] digest) {
        byte[] told = receipt.digests().get(uri);
        return told != null && MessageDigest.isEqual(told, digest);
    }
}
