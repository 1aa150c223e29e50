package aiguillage.format.drafting;

import java.util.List;
import java.util.Map;

/// The files of a format, drafted.
///
/// @param files by name
/// @param seen what was seen in the sample, a sentence each
public record Draft(Map<String, String> files, List<String> seen) {

    public Draft {
        files = Map.copyOf(files);
        seen = List.copyOf(seen);
    }
}
