package aiguillage.dataset.source;

import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// A file with one JSON object per line (https://jsonlines.org): its members are the cells.
final class JsonLines implements Source {

    private static final int DEPTH_MAX = 2;
    private static final int NAME_CHARS_MAX = 200;

    /// Longer than any cell, so that a text that is too long is named with its column.
    private static final int TEXT_CHARS_MAX = 2 * Type.CHARS_MAX;

    private final ByteLines bytes;
    private final Characters characters = new Characters(StandardCharsets.UTF_8);
    private final Layout layout;
    private final Map<String, Integer> places = new HashMap<>();
    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNameLength(NAME_CHARS_MAX)
                    .maxStringLength(TEXT_CHARS_MAX)
                    .maxNumberLength(NAME_CHARS_MAX)
                    .build())
            .build();
    private boolean atEnd;

    /// @param in closed with this
    /// @param names of the members with the columns' cells, and behind them the action's in a delta
    JsonLines(InputStream in, List<String> names, Schema schema, @Nullable Actions actions) {
        this.bytes = new ByteLines(in);
        this.layout = Layout.byPosition(schema, actions, false);
        for (int i = 0; i < names.size(); i++) {
            places.put(names.get(i), i);
        }
    }

    @Override
    public Layout layout() {
        return layout;
    }

    @Override
    public @Nullable Item next() throws IOException {
        while (bytes.next()) {
            String text = characters.of(bytes);
            String fault = characters.fault();
            if (fault != null) {
                return new Unreadable(bytes.number(), fault, text);
            }
            if (!text.isBlank()) {
                return item(text);
            }
        }
        String ofAll = atEnd ? null : characters.faultOfAll();
        atEnd = true;
        return ofAll == null ? null : new Unreadable(bytes.number(), ofAll, "");
    }

    private Item item(String text) {
        var cells = new String[layout.cells()];
        String fault;
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), text)) {
            fault = read(parser, cells);
        } catch (StreamConstraintsException e) {
            fault = "a name, a text or a number in it is too long, or a member is no text and no number";
        } catch (JacksonException e) {
            fault = "it is no JSON object"
                    + (e.getLocation() == null
                            ? ""
                            : ": it cannot be read at character "
                                    + e.getLocation().getColumnNr());
        }
        if (fault != null) {
            return new Unreadable(bytes.number(), fault, text);
        }
        return new Line(bytes.number(), Arrays.asList(cells), text);
    }

    /// Reads an object's members into the cells; what is wrong with it, or null.
    private @Nullable String read(JsonParser parser, String[] cells) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return "it is no JSON object";
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            Integer place = places.get(name);
            if (place == null) {
                return "it has the member \"" + Layout.shown(name) + "\", which is no column";
            }
            if (cells[place] != null) {
                return "it has the member \"" + name + "\" twice";
            }
            JsonToken value = parser.nextToken();
            switch (value) {
                case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                    cells[place] = parser.getString().strip();
                case VALUE_NULL -> cells[place] = "";
                case null, default -> {
                    return "its member \"" + name + "\" is neither a text nor a number";
                }
            }
            if (!isWhole(cells[place])) {
                return "its member \"" + name + "\" holds half a character";
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
            return "it goes on behind its object";
        }
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cells[i] == null ? "" : cells[i];
        }
        return null;
    }

    /// Whether no half of a surrogate pair stands alone: such a text has no bytes.
    private static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (Character.isSurrogate(c) && !pair) {
                return false;
            }
            i += pair ? 1 : 0;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
