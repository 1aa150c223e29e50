package aiguillage.hub.as4;

import aiguillage.xml.HardenedXml;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serial;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.bouncycastle.crypto.io.CipherIOException;
import org.xml.sax.SAXException;

/// A payload on its way in: decrypted, digested and unpacked as it is read, once, in constant memory. For one
/// thread.
///
/// What is read of it counts only after [#requireAsSigned].
public final class PayloadPart {

    /// XML that came without compression is canonicalized before it is digested (SwA profile 1.1, 5.4.2), for
    /// which it must be held.
    public static final int BARE_XML_BYTES_MAX = 1 << 20;

    private static final int UNPACK_BYTES = 16 << 10;

    /// What packing may add to a small payload.
    private static final int PACKING_BYTES_MAX = 64 << 10;

    private static final String GZIP = "application/gzip";

    private final Signed signed;
    private final boolean isPacked;

    /// @param properties of its `PartInfo`
    /// @param part as it comes
    /// @param bytesMax of the payload, unpacked; packed it may have little more
    /// @throws As4Fault when it is packed in another way than gzip
    /// @throws IOException when it breaks off
    public PayloadPart(Map<String, String> properties, Opening opening, Mime.Part part, long bytesMax)
            throws As4Fault, IOException {
        String compression = properties.getOrDefault("CompressionType", "");
        if (!compression.isEmpty() && !compression.equals(GZIP)) {
            throw new As4Fault(
                    EbmsError.DECOMPRESSION_FAILURE, "The payload's CompressionType is not application/gzip.");
        }
        this.isPacked = !compression.isEmpty();
        this.signed =
                new Signed(opening.open(part), opening.mimeType(part), bytesMax + bytesMax / 100 + PACKING_BYTES_MAX);
    }

    /// Whether checking it makes a tree of it, many times its size.
    public boolean makesTree() {
        return signed.kind == Signed.Kind.XML;
    }

    /// Has the packed bytes kept as they come; to be asked before they do. Of a payload that is not packed none
    /// are.
    ///
    /// @param bytesMax the most that is kept: with more it is not read to its end
    public void keepPacked(int bytesMax) {
        signed.keep(isPacked ? bytesMax : 0);
    }

    /// Whether it came packed.
    public boolean isPacked() {
        return isPacked;
    }

    /// What was kept of it.
    public byte[] packed() {
        return signed.kept.toByteArray();
    }

    /// The payload itself, unpacked. To be opened once.
    ///
    /// @throws IOException when it is not what it should be: [#requireWhole] says why
    public InputStream open() throws IOException {
        return isPacked ? new GZIPInputStream(signed, UNPACK_BYTES) : signed;
    }

    /// Says why a payload could not be read, when its bytes did not come as they should; otherwise it is no
    /// gzip, or not what was signed.
    ///
    /// @param failure of reading it
    /// @throws IOException when it breaks off
    public void requireWhole(IOException failure) throws As4Fault, IOException {
        switch (failure) {
            case Mime.BrokenOff brokenOff -> throw brokenOff;
            case TooMuch tooMuch -> throw new As4Fault(EbmsError.POLICY_NONCOMPLIANCE, tooMuch.getMessage() + ".");
            case CipherIOException _ ->
                throw new As4Fault(
                        EbmsError.FAILED_DECRYPTION,
                        "The encrypted payload was changed on its way: its tag does not fit.");
            default -> {}
        }
    }

    /// That it is none.
    public static As4Fault noGzip(IOException failure) {
        return new As4Fault(EbmsError.DECOMPRESSION_FAILURE, "The payload is no gzip: " + failure.getMessage() + ".");
    }

    /// That its part is none.
    public static As4Fault noBase64(IOException failure) {
        return new As4Fault(
                EbmsError.MIME_INCONSISTENCY, "The payload's part is not base64: " + failure.getMessage() + ".");
    }

    /// Reads what is left.
    ///
    /// @throws As4Fault when it was changed while encrypted, or is too much
    /// @throws IOException when it breaks off
    public void readToEnd() throws As4Fault, IOException {
        try {
            signed.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            requireWhole(e);
            throw noBase64(e);
        }
    }

    /// Requires that all of it is what was signed; to be asked once, when it was read to its end.
    ///
    /// @param digest as it was signed
    public void requireAsSigned(byte[] digest) throws As4Fault {
        if (!MessageDigest.isEqual(digest, signed.digest())) {
            throw new As4Fault(
                    EbmsError.FAILED_AUTHENTICATION,
                    "The payload is not the one that was signed: it was changed on its way.");
        }
    }

    private static final class TooMuch extends IOException {

        @Serial
        private static final long serialVersionUID = 1;

        private TooMuch(String what) {
            super(what);
        }
    }

    /// Digests as the attachment content signature transform says (SwA profile 1.1, 5.4): bytes as they are; of
    /// other text with the line ends of MIME; of XML, canonical.
    private static final class Signed extends FilterInputStream {

        private enum Kind {
            BYTES,
            TEXT,
            XML
        }

        private final Kind kind;
        private final MessageDigest sha256 = Proof.sha256();
        private final ByteArrayOutputStream xml = new ByteArrayOutputStream();
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private int keptMax;
        private int before;
        private long left;

        private Signed(InputStream in, String mimeType, long bytesMax) {
            super(in);
            this.left = bytesMax;
            this.kind = kind(mimeType.strip().toLowerCase(Locale.ROOT));
        }

        private static Kind kind(String type) {
            String name =
                    type.contains(";") ? type.substring(0, type.indexOf(';')).strip() : type;
            boolean isXml = name.equals("text/xml")
                    || name.equals("application/xml")
                    || ((name.startsWith("application/") || name.startsWith("image/")) && name.endsWith("+xml"));
            return isXml ? Kind.XML : name.startsWith("text/") ? Kind.TEXT : Kind.BYTES;
        }

        private void keep(int bytesMax) {
            keptMax = bytesMax;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int n = in.read(into, offset, length);
            left -= Math.max(n, 0);
            if (left < 0) {
                throw new TooMuch("The part has more bytes than a payload of its flow, packed, can have");
            }
            if (n > 0) {
                if (keptMax > 0) {
                    keep(into, offset, n);
                }
                switch (kind) {
                    case BYTES -> sha256.update(into, offset, n);
                    case TEXT -> updateText(into, offset, n);
                    case XML -> hold(into, offset, n);
                }
            }
            return n;
        }

        private void keep(byte[] bytes, int offset, int length) throws IOException {
            if (kept.size() + length > keptMax) {
                throw new TooMuch("The flow keeps what was signed with each document, and of a packed payload that is"
                        + " at most " + keptMax + " bytes: send it without CompressionType");
            }
            kept.write(bytes, offset, length);
        }

        @Override
        public long skip(long n) {
            throw new UnsupportedOperationException("what is signed is read, not skipped");
        }

        /// Whoever unpacks closes this; there may be more to digest.
        @Override
        public void close() {}

        @Override
        public boolean markSupported() {
            return false;
        }

        /// Each line end becomes CR LF.
        private void updateText(byte[] text, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                int now = text[i];
                if (now == '\r') {
                    sha256.update((byte) '\r');
                    sha256.update((byte) '\n');
                } else if (now != '\n') {
                    sha256.update(text[i]);
                } else if (before != '\r') {
                    sha256.update((byte) '\r');
                    sha256.update((byte) '\n');
                }
                before = now;
            }
        }

        private void hold(byte[] bytes, int offset, int length) throws IOException {
            if (xml.size() + length > BARE_XML_BYTES_MAX) {
                throw new TooMuch("XML without compression is taken up to " + BARE_XML_BYTES_MAX
                        + " bytes, since its signature is over its canonical form: send it with CompressionType"
                        + " application/gzip");
            }
            xml.write(bytes, offset, length);
        }

        private byte[] digest() throws As4Fault {
            if (kind != Kind.XML) {
                return sha256.digest();
            }
            try {
                return Proof.sha256(
                        Canonical.bytes(HardenedXml.tree().parse(new ByteArrayInputStream(xml.toByteArray())), ""));
            } catch (SAXException | IOException whoseWordsItRepeatsNobodyKnows) {
                throw new As4Fault(
                        EbmsError.FAILED_AUTHENTICATION,
                        "The payload says that it is XML and is not, so its signature cannot be checked.");
            }
        }
    }
}
