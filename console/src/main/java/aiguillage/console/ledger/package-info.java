/// The ledger: its head, whether it goes on from an earlier one, its last entries, and bundles of receipts for
/// auditors.
///
/// **Knows:** `web`, the hub, `protocol`. **Start at** [LedgerPages].
@NullMarked
package aiguillage.console.ledger;

import org.jspecify.annotations.NullMarked;
