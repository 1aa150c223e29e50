package aiguillage.console.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// An entry of the journal, as its receipt tells of it.
///
/// @param kind `document-accepted` and so on
/// @param facts by name, in the order of the statement
public record LedgerEntry(long position, Instant time, String kind, Map<String, String> facts) {

    private static final Set<String> CODES = Set.of("problem", "action", "rank", "ended", "credential", "key");

    /// Whether a fact is a word of the wire, the same in each language.
    public boolean isCode(String fact) {
        return CODES.contains(fact);
    }

    /// Whether a fact is a sentence of the hub's own, in English: why it refused.
    public boolean isEnglish(String fact) {
        return kind.equals("document-refused") && fact.equals("reason");
    }
}
