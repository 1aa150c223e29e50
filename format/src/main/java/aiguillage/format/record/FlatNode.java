package aiguillage.format.record;

import java.util.List;
import java.util.Optional;

/// A group, a record, or a field, as it was read. Immutable.
///
/// @param name the element's
/// @param line where it begins in the file, from 1; 0: not read from a file
/// @param text of a field; empty where there are children
/// @param isNil whether a field has no value
/// @param children of a group or record
public record FlatNode(String name, int line, String text, boolean isNil, List<FlatNode> children) {

    /// What one document may take while it is made, as reckoned: [#bytes] of its fields, and again so much for what
    /// is made of them. In memory it is some times as much, so it is a small part of the heap, and 64 MB in a large
    /// one.
    public static final int DOCUMENT_BYTES_MAX =
            (int) Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16);

    /// What a node takes beside its text.
    private static final int NODE_BYTES = 128;

    /// A field.
    public static FlatNode field(String name, String text) {
        return new FlatNode(name, 0, text, false, List.of());
    }

    /// A field without a value.
    public static FlatNode nil(String name) {
        return new FlatNode(name, 0, "", true, List.of());
    }

    /// A group or record.
    public static FlatNode of(String name, int line, List<FlatNode> children) {
        return new FlatNode(name, line, "", false, children);
    }

    /// What it takes in memory with all that is below it, as reckoned.
    public long bytes() {
        long bytes = (long) NODE_BYTES + text.length();
        for (FlatNode child : children) {
            bytes += child.bytes();
        }
        return bytes;
    }

    /// The first child of a name.
    public Optional<FlatNode> child(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).findFirst();
    }
}
