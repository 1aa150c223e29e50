package aiguillage.console.ledger;

/// Whether a ledger begins with what an earlier head says.
///
/// @param isProven whether it does
/// @param earlier entries of the earlier head; 0 when it could not be read
/// @param later entries of the later one
/// @param fault why it is not proven; empty when it is
public record Consistency(boolean isProven, long earlier, long later, String fault) {}
