package aiguillage.dataset.publish;

import aiguillage.dataset.row.SetHash;
import java.nio.file.Path;

/// What became of a publication.
public sealed interface Outcome {

    /// It can be the next version.
    ///
    /// @param layer the changes against the version in force ([aiguillage.dataset.layer.Layer])
    /// @param hash of all rows of the new version
    record Ready(Summary summary, Path layer, SetHash hash) implements Outcome {}

    /// It can be the next version once a second person has released it, if the version in force is still the
    /// same.
    record Held(Summary summary, Path layer, SetHash hash, Report report) implements Outcome {}

    /// It must be corrected. The version in force stays.
    record Refused(Report report) implements Outcome {}
}
