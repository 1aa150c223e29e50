package aiguillage.hub.star;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;

/// An answer that is not in its envelope yet.
///
/// @param blocks of its header
/// @param body what stands in its body, piece by piece
public record Answer(List<Block> blocks, List<Part> body) {

    private static final String BEGIN = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\">";

    public Answer {
        blocks = List.copyOf(blocks);
        body = List.copyOf(body);
    }

    /// Whose body is this text.
    static Answer of(List<Block> blocks, String body) {
        return new Answer(blocks, List.of(Part.of(body)));
    }

    /// One element of the header.
    ///
    /// @param begin its first tag, without the end of it
    /// @param rest all behind its attributes
    public record Block(String begin, String rest) {}

    /// Some bytes of a message.
    ///
    /// @param source gives them as often as they are asked for
    public record Part(long bytes, SoapReader.Source source) {

        public static Part of(String text) {
            byte[] bytes = SoapText.bytes(text);
            return new Part(bytes.length, () -> new ByteArrayInputStream(bytes));
        }
    }

    /// In its envelope.
    public List<Part> envelope() {
        return envelope("", _ -> "");
    }

    /// In its envelope, with a further block before the others.
    ///
    /// @param first the block; empty: none
    /// @param attributes of each block by its number, and with the number behind the last one those of the
    ///     body; each with a space before it
    public List<Part> envelope(String first, IntFunction<String> attributes) {
        var head = new StringBuilder(BEGIN);
        if (!first.isEmpty() || !blocks.isEmpty()) {
            head.append("<soap:Header>").append(first);
            for (int i = 0; i < blocks.size(); i++) {
                Block block = blocks.get(i);
                head.append(block.begin()).append(attributes.apply(i)).append(block.rest());
            }
            head.append("</soap:Header>");
        }
        head.append("<soap:Body").append(attributes.apply(blocks.size())).append('>');
        List<Part> parts = new ArrayList<>();
        parts.add(Part.of(head.toString()));
        parts.addAll(body);
        parts.add(Part.of("</soap:Body></soap:Envelope>\n"));
        return parts;
    }

    /// Parts one behind the other, each opened when it is its turn. Closed with what it reads.
    public static InputStream open(List<Part> parts) {
        return new InARow(parts);
    }

    private static final class InARow extends InputStream {

        private final Iterator<Part> left;
        private InputStream now = InputStream.nullInputStream();

        InARow(List<Part> parts) {
            this.left = parts.iterator();
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int n = now.read(into, offset, length);
            while (n < 0 && left.hasNext()) {
                now.close();
                now = left.next().source().open();
                n = now.read(into, offset, length);
            }
            return n;
        }

        @Override
        public void close() throws IOException {
            now.close();
        }
    }
}
