package aiguillage.console.overview;

import aiguillage.console.web.Look;
import aiguillage.hub.figures.Happening;
import java.util.List;

/// What happened last, newest first, of that which is asked for.
///
/// @param isMore whether there is more that is not shown
public record TailView(TailFilter filter, List<Happening> lines, boolean isMore) {

    public TailView {
        lines = List.copyOf(lines);
    }

    /// What people want to know beside a line, in the page's language where the hub says it by a code.
    public static String detail(Happening line, Look look) {
        String detail = line.detail();
        return switch (line.kind()) {
            case REFUSED -> look.words().find("problem." + detail).orElse(detail);
            case TRUST -> look.words().find("tail.trust." + detail).orElse(detail);
            case ACT -> act(detail, look);
            case REJECTED -> detail; // in the reader's words
            default -> look.by(detail);
        };
    }

    /// `ada: release`, or who did it alone.
    private static String act(String detail, Look look) {
        int behind = detail.indexOf(": ") + 2;
        return look.words()
                .find("people.act." + detail.substring(behind))
                .map(word -> detail.substring(0, behind) + word)
                .orElseGet(() -> look.by(detail));
    }
}
