package aiguillage.dataset.publish;

import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.source.Layout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Finds columns of a file that have moved: they look unlike themselves before, and perhaps like another
/// column.
final class Shift {

    /// Columns farther apart than this are not the same.
    private static final double FAR = 0.5;

    /// Columns nearer than this may be the same.
    private static final double NEAR = 0.25;

    private final Schema schema;
    private final Layout layout;
    private final Profiles file;
    private final List<Profile> before = new ArrayList<>();

    /// @param inForce what the columns of the rows in force look like; where too little is known of a column,
    ///     its type must do
    Shift(Schema schema, Layout layout, Profiles file, Profiles inForce) {
        this.schema = schema;
        this.layout = layout;
        this.file = file;
        for (int i = 0; i < schema.columns().size(); i++) {
            Profile known = inForce.at(i);
            before.add(known == null ? Profile.ofType(schema, schema.columns().get(i)) : known);
        }
    }

    /// Adds what it finds.
    void find(Findings findings) throws IOException {
        for (int i = 0; i < schema.columns().size(); i++) {
            int place = layout.places().get(i);
            Profile now = file.at(place);
            if (now != null && now.distance(before.get(i)) > FAR) {
                int like = nearest(now, i);
                String message = like < 0
                        ? said(place) + " does not look as it did or must: " + now.against(before.get(i))
                        : said(place) + looksLike(like);
                findings.add(
                        new Finding(
                                Then.HOLD,
                                Kind.COLUMNS,
                                0,
                                schema.columns().get(i).name(),
                                message),
                        "");
            }
        }
        for (int place = 0; place < file.columns(); place++) {
            Profile now = file.at(place);
            int like = layout.places().contains(place) || now == null ? -1 : nearest(now, -1);
            if (like >= 0 && layout.places().get(like) < 0) {
                Kind kind = place == like ? Kind.FILE : Kind.COLUMNS; // it stands where it stood, under another name
                findings.add(new Finding(Then.HOLD, kind, 0, null, said(place) + looksLike(like)), "");
            }
        }
    }

    /// The column that looks most like this, the nearest of several; -1 when none does.
    private int nearest(Profile now, int own) {
        int nearest = -1;
        double least = NEAR;
        for (int i = 0; i < before.size(); i++) {
            double distance = now.distance(before.get(i));
            boolean nearer = nearest >= 0 && Math.abs(i - own) < Math.abs(nearest - own);
            if (i != own && (distance < least || (distance == least && nearer))) {
                nearest = i;
                least = distance;
            }
        }
        return nearest;
    }

    private String said(int place) {
        String name = place < layout.header().size()
                ? " \"" + Layout.shown(layout.header().get(place)) + "\""
                : "";
        return "column " + (place + 1) + name + " of the file";
    }

    private String looksLike(int like) {
        Column column = schema.columns().get(like);
        return " looks like your column " + (like + 1) + " \"" + column.name() + "\"";
    }
}
