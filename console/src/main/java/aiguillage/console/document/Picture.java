package aiguillage.console.document;

import java.util.ArrayList;
import java.util.List;

/// A document's way as boxes and lines: its sender, the hub, its readers. Coordinates in a drawing of
/// [#WIDTH] by `height`.
///
/// @param back whether notices went back to the sender
public record Picture(int height, Box sender, Box hub, List<Box> readers, List<Track> tracks, boolean back) {

    public static final int WIDTH = 900;

    static final int READERS_MAX = 8;

    private static final int BOX_WIDTH = 220;
    private static final int BOX_HEIGHT = 56;
    private static final int ROW = 72;
    private static final int MARGIN = 8;
    private static final int NAME_CHARS_MAX = 24;

    /// @param name what it is called, cut to fit
    /// @param state the end of the words' key of what stands below the name; empty: nothing does
    public record Box(int x, int y, int width, int height, String name, String state, String look) {

        public int textX() {
            return x + 12;
        }

        public int nameY() {
            return y + 23;
        }

        public int stateY() {
            return y + 44;
        }
    }

    /// A line between two boxes, an SVG path.
    public record Track(String path, String look) {}

    /// @param more readers that are not drawn
    static Picture of(String sender, String hub, List<Leg> legs, int more, boolean back) {
        List<Leg> drawn = legs.subList(0, Math.min(legs.size(), READERS_MAX));
        int left = more + legs.size() - drawn.size();
        int rows = Math.max(1, drawn.size() + (left > 0 ? 1 : 0));
        int height = rows * ROW + 2 * MARGIN + (back ? ROW / 2 : 0);
        int middle = MARGIN + (rows * ROW - BOX_HEIGHT) / 2;
        var from = new Box(MARGIN, middle, BOX_WIDTH, BOX_HEIGHT, cut(sender), "", "");
        var at = new Box((WIDTH - BOX_WIDTH) / 2, middle, BOX_WIDTH, BOX_HEIGHT, cut(hub), "received", "good");
        List<Box> readers = new ArrayList<>();
        List<Track> tracks = new ArrayList<>();
        tracks.add(between(from, at, "good"));
        int x = WIDTH - BOX_WIDTH - MARGIN;
        for (int i = 0; i < drawn.size(); i++) {
            Leg leg = drawn.get(i);
            var box = new Box(
                    x,
                    MARGIN + i * ROW + (ROW - BOX_HEIGHT) / 2,
                    BOX_WIDTH,
                    BOX_HEIGHT,
                    cut(leg.reader()),
                    leg.standing().key(),
                    leg.standing().look());
            readers.add(box);
            tracks.add(between(at, box, leg.standing().look()));
        }
        if (left > 0) {
            int y = MARGIN + drawn.size() * ROW + (ROW - BOX_HEIGHT) / 2;
            readers.add(new Box(x, y, BOX_WIDTH, BOX_HEIGHT, "+ " + left, "", ""));
        }
        if (back) {
            int y = height - MARGIN - 6;
            tracks.add(new Track(
                    "M" + (at.x + BOX_WIDTH / 2) + " " + (at.y + BOX_HEIGHT) + " V" + y + " H"
                            + (MARGIN + BOX_WIDTH / 2) + " V" + (from.y + BOX_HEIGHT),
                    "back"));
        }
        return new Picture(height, from, at, readers, tracks, back);
    }

    private static Track between(Box from, Box to, String look) {
        int x1 = from.x + from.width;
        int y1 = from.y + from.height / 2;
        int y2 = to.y + to.height / 2;
        int bend = (x1 + to.x) / 2;
        return new Track(
                "M" + x1 + " " + y1 + " C" + bend + " " + y1 + " " + bend + " " + y2 + " " + to.x + " " + y2, look);
    }

    private static String cut(String name) {
        return name.length() <= NAME_CHARS_MAX ? name : name.substring(0, NAME_CHARS_MAX - 1) + "…";
    }
}
