package aiguillage.format.record;

import aiguillage.format.description.Shape.Entry;

/// Reads and writes one record. Safe from any thread.
public interface RecordCodec {

    /// Reads a record.
    ///
    /// @param text without its terminator
    /// @param line where it begins
    /// @throws Unreadable with the first thing that is wrong
    FlatNode read(Entry entry, String text, int line) throws Unreadable;

    /// Writes a record, with its terminator.
    ///
    /// @throws Unwritable when a field has no such form
    void write(Entry entry, FlatNode record, StringBuilder out) throws Unwritable;
}
