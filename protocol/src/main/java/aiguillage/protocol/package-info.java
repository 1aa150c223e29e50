/// What both ends agree on: who a party is, what a document is, and how an envelope travels in HTTP headers.
///
/// Values here check themselves once, in their constructors; whoever holds one can trust it. No I/O, no clock, no
/// threads, no framework.
///
/// **Start at** [Envelope]. **Knows:** nothing. **Neighbours:** `aiguillage.protocol.proof` (receipts anyone can
/// check), `aiguillage.protocol.signature` (signed documents).
@NullMarked
package aiguillage.protocol;

import org.jspecify.annotations.NullMarked;
