package aiguillage.config;

import java.util.LinkedHashMap;
import java.util.List;

/// What a file says, before anybody asks whether it makes sense.
sealed interface Node {

    Location at();

    /// What a message calls it.
    String kind();

    /// One text.
    ///
    /// @param plain whether it was written without quotation marks
    record Scalar(String text, boolean plain, Location at) implements Node {
        @Override
        public String kind() {
            return "a value";
        }

        /// Nothing was written: `key:` and the end of the line.
        boolean isAbsent() {
            return plain && text.isEmpty();
        }
    }

    record Sequence(List<Node> elements, Location at) implements Node {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /// In the order of the file.
    record Mapping(LinkedHashMap<String, Entry> entries, Location at) implements Node {
        @Override
        public String kind() {
            return "a section";
        }
    }

    /// What stands behind a key.
    ///
    /// @param keyAt where the key stands
    record Entry(Location keyAt, Node value) {}
}
