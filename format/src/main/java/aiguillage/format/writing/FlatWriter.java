package aiguillage.format.writing;

import aiguillage.format.description.Description;
import aiguillage.format.description.FormatFile.Framing;
import aiguillage.format.description.Shape.Entry;
import aiguillage.format.description.Shape.Group;
import aiguillage.format.description.Shape.Particle;
import aiguillage.format.reading.Interchange;
import aiguillage.format.reading.ServiceString;
import aiguillage.format.record.FlatNode;
import aiguillage.format.record.RecordCodec;
import aiguillage.format.record.Unwritable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one file. One thread.
///
/// Documents come one by one. What stands before a document at the top of the file is written with the first,
/// what stands behind it with the last. In EDIFACT, UNT and UNZ are counted anew.
public final class FlatWriter {

    private final Description description;
    private final RecordCodec codec;
    private final OutputStream out;
    private final Interchange interchange = new Interchange();
    private final ServiceString service;
    private final StringBuilder text = new StringBuilder();
    private CharsetEncoder encoder;
    private @Nullable FlatNode before;
    private boolean isBegun;
    private boolean isInterchange;

    /// @param out not closed here
    public FlatWriter(Description description, RecordCodec codec, OutputStream out) {
        this.description = description;
        this.codec = codec;
        this.out = out;
        String una = description.head().una();
        this.service = una == null ? ServiceString.DEFAULT : ServiceString.of(una);
        this.encoder = encoder(description.head().charset());
    }

    private static CharsetEncoder encoder(Charset charset) {
        return charset.newEncoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /// Writes a document.
    ///
    /// @param root the schema's root, with the document in it
    public void write(FlatNode root) throws IOException, Unwritable {
        if (!root.name().equals(description.root().name())) {
            throw new Unwritable("The fields are of \"" + root.name() + "\"; the schema's root is \""
                    + description.root().name() + "\". Does the stylesheet `from` make them?");
        }
        begin();
        int first = indexOfDocument(root, true);
        if (first < 0) { // the document is the whole file
            group(description.root(), root);
            flush();
            return;
        }
        int last = indexOfDocument(root, false);
        List<FlatNode> children = root.children();
        if (before == null) {
            group(description.root(), part(root, children.subList(0, first)), false);
        }
        group(description.root(), part(root, children.subList(first, last + 1)), false);
        before = part(root, children.subList(last + 1, children.size()));
        flush();
    }

    private static FlatNode part(FlatNode root, List<FlatNode> children) {
        return FlatNode.of(root.name(), 0, children);
    }

    private int indexOfDocument(FlatNode root, boolean isFirst) {
        List<String> path = description.path(description.head().document());
        if (path.size() < 2) {
            return -1;
        }
        List<String> names = root.children().stream().map(FlatNode::name).toList();
        return isFirst ? names.indexOf(path.get(1)) : names.lastIndexOf(path.get(1));
    }

    /// Ends the file.
    public void end() throws IOException, Unwritable {
        begin();
        if (before != null) {
            group(description.root(), before, false);
        }
        if (isInterchange) {
            segment("UNZ", lineEnd());
        }
        flush();
        out.flush();
    }

    private String lineEnd() {
        return description.entries().getFirst().terminator().substring(1);
    }

    private void begin() {
        if (isBegun) {
            return;
        }
        isBegun = true;
        if (description.head().byteOrderMark()) {
            text.append('\uFEFF');
        }
        String firstLine = description.head().firstLine();
        if (firstLine != null) {
            text.append(firstLine).append(description.newLine());
        }
        String una = description.head().una();
        if (una != null) {
            text.append(una).append(lineEnd());
        }
    }

    private void group(Group group, FlatNode node) throws Unwritable {
        group(group, node, true);
    }

    private void group(Group group, FlatNode node, boolean isWhole) throws Unwritable {
        List<Particle> parts = group.parts();
        int index = 0;
        int count = 0;
        for (FlatNode child : node.children()) {
            int at = index;
            while (at < parts.size() && !parts.get(at).shape().name().equals(child.name())) {
                at++;
            }
            if (at == parts.size()) {
                throw new Unwritable("\"" + child.name() + "\" may not stand here in \"" + group.name()
                        + "\". The schema has " + names(parts) + ", in this order.");
            }
            if (at > index) {
                require(group, parts, isWhole, index, at, count);
                count = 0;
            }
            index = at;
            if (!parts.get(index).takes(count++)) {
                throw new Unwritable("There are more \"" + child.name() + "\" in \"" + group.name()
                        + "\" than the schema" + " allows.");
            }
            switch (parts.get(index).shape()) {
                case Entry entry -> entry(entry, child);
                case Group inner -> group(inner, child, true);
            }
        }
        require(group, parts, isWhole, index, parts.size(), count);
    }

    private void require(Group group, List<Particle> parts, boolean isWhole, int from, int to, int count)
            throws Unwritable {
        for (int i = from; i < to && isWhole; i++) {
            boolean isCounted = parts.get(i).shape().name().startsWith("UN"); // written by the writer where it lacks
            if ((i == from ? count : 0) < parts.get(i).least() && !isCounted) {
                throw new Unwritable("\"" + group.name() + "\" has no \""
                        + parts.get(i).shape().name() + "\", which must be there.");
            }
        }
    }

    private static List<String> names(List<Particle> parts) {
        var names = new ArrayList<String>();
        parts.forEach(part -> names.add(part.shape().name()));
        return names;
    }

    private void entry(Entry entry, FlatNode record) throws Unwritable {
        if (description.head().records() != Framing.SEGMENTS) {
            codec.write(entry, record, text);
            return;
        }
        var one = new StringBuilder();
        codec.write(entry, record, one);
        String ending = entry.terminator();
        segment(one.substring(0, one.length() - ending.length()), ending.substring(1));
    }

    private void segment(String segment, String behind) {
        String counted = interchange.written(segment);
        Charset charset = Interchange.encodingOf(counted);
        if (charset != null) {
            encoder = encoder(charset);
        }
        isInterchange = counted.startsWith("UNB") || (isInterchange && !counted.startsWith("UNZ"));
        text.append(ServiceString.DEFAULT.translated(counted, service))
                .append(service.terminator())
                .append(behind);
    }

    private void flush() throws IOException, Unwritable {
        try {
            ByteBuffer bytes = encoder.reset().encode(CharBuffer.wrap(text));
            out.write(bytes.array(), bytes.arrayOffset(), bytes.remaining());
            text.setLength(0);
        } catch (CharacterCodingException e) {
            throw new Unwritable(
                    "A text has a character that " + encoder.charset() + " does not have: " + unmappable(), e);
        }
    }

    private String unmappable() {
        return text.codePoints()
                .filter(c -> !encoder.canEncode(Character.toString(c)))
                .mapToObj(c -> "\"" + Character.toString(c) + "\"")
                .findFirst()
                .orElse("half a pair of surrogates");
    }
}
