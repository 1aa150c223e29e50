package aiguillage.console.ledger;

import java.time.Instant;
import java.util.Map;

/// An entry of the journal, as its receipt tells of it.
///
/// @param kind `document-accepted` and so on
/// @param facts by name, in the order of the statement
public record LedgerEntry(long position, Instant time, String kind, Map<String, String> facts) {}
