package aiguillage.conformance.situation;

import java.util.ArrayList;
import java.util.List;

/// The sixty situations, in the order in which an editor would try them.
///
/// @param all each id once
public record Situations(List<Situation> all) {

    public Situations {
        all = List.copyOf(all);
        if (all.stream().map(Situation::id).distinct().count() != all.size()) {
            throw new IllegalArgumentException("two situations have one id");
        }
    }

    public static Situations every() {
        List<Situation> all = new ArrayList<>(new Sending().situations());
        all.addAll(new Content().situations());
        all.addAll(new Rights().situations());
        all.addAll(new Reading().situations());
        return new Situations(all);
    }
}
