package aiguillage.console.flows;

import org.jspecify.annotations.Nullable;

/// What lies between two tables.
///
/// @param meaning null where this version of the hub does not read one of them any more
public record DiffView(
        TableLine from, TableLine to, @Nullable Meaning meaning, LineDiff lines) {}
