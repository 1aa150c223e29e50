package aiguillage.console.flows;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Flows as a drawing: on the left who sends, in the middle the flow, on the right who reads; brand by brand,
/// one below the other, so that no line crosses another. In pixels.
///
/// @param height of all
public record Picture(int height, List<Heading> headings, List<Box> boxes, List<Line> lines) {

    public static final int WIDTH = 1_000;

    private static final int ROW = 44;
    private static final int BOX_HEIGHT = 34;
    private static final int HEADING = 40;
    private static final int SIDE_WIDTH = 260;
    private static final int FLOW_LEFT = 350;
    private static final int FLOW_WIDTH = 270;
    private static final int READER_LEFT = 720;
    private static final int READER_WIDTH = 280;

    /// What fits a box of such a width.
    private static final int PIXELS_A_LETTER = 9;

    /// A brand.
    public record Heading(int y, String text) {}

    /// @param look `sender`, `flow`, `reader`, `copy` or `refused`
    /// @param text as much as fits
    /// @param full all of it
    /// @param href where it leads, or null
    public record Box(
            int x,
            int y,
            int width,
            int height,
            String look,
            String text,
            String full,
            @Nullable String href) {

        public int middle() {
            return y + height / 2;
        }

        public int textX() {
            return x + 10;
        }

        public int textY() {
            return middle() + 5;
        }
    }

    /// @param path in SVG's words
    /// @param look `way`, or `copy`
    public record Line(String path, String look) {}

    public Picture {
        headings = List.copyOf(headings);
        boxes = List.copyOf(boxes);
        lines = List.copyOf(lines);
    }

    static Picture of(List<BrandFlows> brands) {
        var drawing = new Drawing();
        brands.forEach(drawing::brand);
        return new Picture(drawing.y, drawing.headings, drawing.boxes, drawing.lines);
    }

    /// For one picture.
    private static final class Drawing {

        private final List<Heading> headings = new ArrayList<>();
        private final List<Box> boxes = new ArrayList<>();
        private final List<Line> lines = new ArrayList<>();
        private int y;

        void brand(BrandFlows brand) {
            headings.add(new Heading(y + HEADING - 14, brand.brand()));
            y += HEADING;
            List<FlowLine> flows = brand.flows();
            int at = 0;
            while (at < flows.size()) {
                int end = at + 1;
                while (end < flows.size()
                        && flows.get(end).senders().equals(flows.get(at).senders())) {
                    end++;
                }
                together(flows.subList(at, end));
                at = end;
            }
        }

        /// Flows with the same senders: these are drawn once.
        private void together(List<FlowLine> flows) {
            int top = y;
            var middles = new ArrayList<Box>();
            for (FlowLine flow : flows) {
                middles.add(flow(flow));
            }
            String senders = flows.getFirst().senders();
            Box from = box(0, top, y - top, SIDE_WIDTH, "sender", senders, null);
            boxes.add(from);
            middles.forEach(flow -> join(from, flow, "way"));
        }

        private Box flow(FlowLine flow) {
            int top = y;
            var ends = new ArrayList<Box>();
            for (FlowLine.Way way : flow.ways()) {
                String look = way.isRefused() ? "refused" : "reader";
                ends.add(box(READER_LEFT, y, ROW, READER_WIDTH, look, way.shown(), null));
                y += ROW;
            }
            if (!flow.copies().isEmpty()) {
                ends.add(box(READER_LEFT, y, ROW, READER_WIDTH, "copy", flow.copiesShown(), null));
                y += ROW;
            }
            Box middle = box(FLOW_LEFT, top, y - top, FLOW_WIDTH, "flow", flow.kind(), flow.href());
            boxes.add(middle);
            boxes.addAll(ends);
            ends.forEach(end -> join(middle, end, end.look().equals("copy") ? "copy" : "way"));
            return middle;
        }

        /// One in the middle of the rows from `top`.
        private static Box box(int x, int top, int rows, int width, String look, String text, @Nullable String href) {
            int fits = (width - 20) / PIXELS_A_LETTER;
            String shown = text.length() <= fits ? text : text.substring(0, fits - 1) + "…";
            return new Box(x, top + (rows - BOX_HEIGHT) / 2, width, BOX_HEIGHT, look, shown, text, href);
        }

        private void join(Box from, Box to, String look) {
            int begin = from.x() + from.width();
            int bend = (begin + to.x()) / 2;
            lines.add(new Line(
                    "M" + begin + " " + from.middle() + "C" + bend + " " + from.middle() + " " + bend + " "
                            + to.middle() + " " + (to.x() - 6) + " " + to.middle(),
                    look));
        }
    }
}
