/// One box: a document's id or its beginning, a claim number, a VIN, a party, a position of the journal, a
/// receipt.
///
/// **Knows:** `web`, `document` (its lines), the hub, `protocol`. **Start at** [FindPages]. **Tests:**
/// `FinderTest`.
@NullMarked
package aiguillage.console.find;

import org.jspecify.annotations.NullMarked;
