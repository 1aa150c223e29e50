package aiguillage.protocol.proof;

import aiguillage.protocol.Position;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a receipt says, in words a person can read and a hash can bind. The first line is `aiguillage/1 <kind>`;
/// then one `name: value` line per fact, `hub` and `position` first:
///
/// ```
/// aiguillage/1 document-accepted
/// hub: hub.example
/// position: 17
/// time: 2026-03-01T09:30:00.123Z
/// sender: dealer-7
/// id: claim-1
/// flow: opel/warranty-claim
/// payload: sha-256=:uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=:
/// bytes: 2048
/// envelope: sha-256=:…:
/// ```
public final class Statement {

    private static final String FORMAT = "aiguillage/1 ";

    private final String text;
    private final Position position;

    private Statement(String text, Position position) {
        this.text = text;
        this.position = position;
    }

    /// Begins a statement of this kind about the entry at this position of this hub's journal.
    public static Writer of(String kind, String hub, Position position) {
        return new Writer(kind, position).with("hub", hub).with("position", position.toString());
    }

    /// Takes a statement as somebody else wrote it; only the hash proves it.
    static Statement ofText(String text) {
        if (!text.startsWith(FORMAT) || !text.endsWith("\n")) {
            throw new IllegalArgumentException(
                    "the statement does not begin with \"" + FORMAT + "\": another version?");
        }
        String position = facts(text).get("position");
        if (position == null) {
            throw new IllegalArgumentException("the statement names no position");
        }
        return new Statement(text, Position.of(position));
    }

    /// As it is hashed.
    public String text() {
        return text;
    }

    /// `document-accepted`, `delivery-acknowledged` and so on.
    public String kind() {
        return text.substring(FORMAT.length(), text.indexOf('\n'));
    }

    /// The facts by name, in the order written.
    public Map<String, String> facts() {
        return facts(text);
    }

    private static Map<String, String> facts(String text) {
        Map<String, String> facts = new LinkedHashMap<>();
        String[] lines = text.split("\n", -1);
        for (int i = 1; i < lines.length - 1; i++) {
            int colon = lines[i].indexOf(": ");
            if (colon < 1) {
                throw new IllegalArgumentException("line " + (i + 1) + " of the statement is not \"name: value\"");
            }
            facts.put(lines[i].substring(0, colon), lines[i].substring(colon + 2));
        }
        return facts;
    }

    /// The entry it is about.
    public Position position() {
        return position;
    }

    @Override
    public String toString() {
        return text;
    }

    /// Writes a statement line by line. Not for several threads.
    public static final class Writer {

        private final StringBuilder text = new StringBuilder(384);
        private final Position position;

        private Writer(String kind, Position position) {
            this.position = position;
            text.append(FORMAT).append(kind).append('\n');
        }

        /// Adds a fact. Line ends in a value become spaces, so that no value can forge a line.
        public Writer with(String name, String value) {
            text.append(name)
                    .append(": ")
                    .append(value.replace('\n', ' ').replace('\r', ' '))
                    .append('\n');
            return this;
        }

        public Statement done() {
            return new Statement(text.toString(), position);
        }
    }
}
