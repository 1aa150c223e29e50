package aiguillage.console.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The ledger's page.
///
/// @param root in Base64
/// @param checkpoint the signed head
/// @param key with which all is checked
/// @param first when the first entry was made; empty while there is none
/// @param last when the last one was made
/// @param remembered how the head that this person last remembered compares; empty when none is
/// @param asked how the pasted heads compare; empty when none were
/// @param entries that the visitor sees, newest first
/// @param lookedTo the position before which nothing was looked at
public record LedgerView(
        long size,
        String root,
        String checkpoint,
        String key,
        Optional<Instant> first,
        Optional<Instant> last,
        Optional<Consistency> remembered,
        Optional<Consistency> asked,
        String earlier,
        String later,
        List<LedgerEntry> entries,
        long lookedTo) {}
