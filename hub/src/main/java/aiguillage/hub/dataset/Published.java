package aiguillage.hub.dataset;

import aiguillage.dataset.publish.Summary;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.journal.Applied;

/// What became of a publication.
public sealed interface Published {

    /// It is a version.
    ///
    /// @param applied has the receipt of its entry
    /// @param absent how many keys were to be removed, and were not there
    record AsVersion(Entry.VersionPublished entry, Applied applied, long absent) implements Published {}

    /// It waits for a second person.
    ///
    /// @param applied has the receipt of its entry, whose position is its name
    /// @param report the report's id
    /// @param absent how many keys were to be removed, and were not there
    record Held(Entry.VersionHeld entry, Applied applied, String report, long absent) implements Published {}

    /// It was refused; the version in force stays.
    ///
    /// @param report the report's id
    /// @param text the report
    record Refused(String report, String text) implements Published {}

    /// Every row is as it was: there is no version to make.
    record Unchanged(Summary summary) implements Published {}
}
