package aiguillage.console.content;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/// Folds JSON, token after token.
final class JsonFold {

    private static final int DEPTH_MAX = 100;
    private static final int STRING_CHARS_MAX = 1 << 20;
    private static final int TOKENS_MAX = 200_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxStringLength(STRING_CHARS_MAX)
                    .maxNameLength(Tree.TEXT_CHARS_MAX)
                    .maxTokenCount(TOKENS_MAX)
                    .build())
            .build();

    private final Tree tree = new Tree();
    private final Deque<Counted> open = new ArrayDeque<>();
    private String member = "";

    /// An object or array that is not ended, and how many values came in it.
    private static final class Counted {

        private final boolean isArray;
        private int values;

        Counted(boolean isArray) {
            this.isArray = isArray;
        }
    }

    /// Closed, it leaves what it reads open.
    private static final class Kept extends FilterInputStream {

        Kept(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // The caller closes what it opened.
        }
    }

    private JsonFold() {}

    static Shown read(InputStream content) throws IOException {
        var fold = new JsonFold();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), new Kept(content))) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (fold.tree.isFull() || parser.currentLocation().getByteOffset() > Shown.BYTES_MAX) {
                    return new Shown.Folded(fold.tree.done(), false, "");
                }
                fold.take(token, parser);
            }
            return new Shown.Folded(fold.tree.done(), true, "");
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            String why = e.getOriginalMessage();
            return new Shown.Folded(fold.tree.done(), false, why.substring(0, Math.min(why.length(), 300)));
        }
    }

    private void take(JsonToken token, JsonParser parser) {
        switch (token) {
            case START_OBJECT, START_ARRAY -> {
                tree.begin(name(), "");
                open.push(new Counted(token == JsonToken.START_ARRAY));
            }
            case END_OBJECT, END_ARRAY -> {
                tree.end();
                open.pop();
            }
            case PROPERTY_NAME -> member = parser.currentName();
            default -> {
                tree.begin(name(), "");
                tree.text(parser.getString());
                tree.end();
            }
        }
    }

    private String name() {
        Counted within = open.peek();
        if (within == null) {
            return "";
        }
        within.values++;
        return within.isArray ? Integer.toString(within.values) : member;
    }
}
