/// Marks make each recipient's copy of a list its own, and a tracer tells from any part of a list that leaked
/// whose copy it was. No I/O but the excerpt that is traced; nothing is stored but the pool of decoys.
///
/// **In:** rows as they were published. **Out:** the rows of one recipient ([Marking]); suspects ([Report]).
/// **Knows:** `row`, `layer` (a change), `schema`, `protocol`.
///
/// **Two kinds of marks.** One row in [Code#ROWS_PER_MARK] whose text has an equivalent spelling ([Spellings])
/// is in each copy spelled in one of the two ways. Beside one row in [Code#ROWS_PER_DECOY] there is a decoy in
/// the pool ([Decoys]), and each copy has it or not. A price and a key in use are never touched: what a dealer
/// calculates with is the same for all.
///
/// **One bit for each recipient and mark** says which ([Code], [Codeword]): a code that several who compare and
/// mix their copies cannot wash out. The bits follow from a secret and from names, in this order:
///
/// ```
/// secret ── HMAC, dataset ──┬─ HMAC ──────────── SipHash of the row's key: is the row marked?
///                           ├─ HMAC, row's key ─ 128 bits that name the position, its bias, which rule
///                           └─ HMAC, recipient ─ SipHash of the position, below the bias: the bit
/// ```
///
/// **Why two functions.** HMAC makes what must stay secret for good and is asked for marked rows alone. Whether
/// a row is marked is asked for each row of each copy, and the bits of 6,500 recipients at 40,000 positions for
/// one trace: there SipHash, under keys that HMAC made, takes a tenth of the time and allocates nothing.
///
/// **Tracing** ([Tracer]) reads the list into fingerprints ([Published]), the excerpt into readings
/// ([Readings]), and weighs these against each recipient's bits ([Evidence], where the bound on false
/// accusations is proven).
///
/// **Start at** [Marks]. **Tests:** `MarkingTest`, `DecoysTest`, `TracerTest`, `EvidenceTest`;
/// `TracingExperiment` counts.
@NullMarked
package aiguillage.dataset.mark;

import org.jspecify.annotations.NullMarked;
