/// Rows as bytes, and the hash of a set of them: what hub and gateway must agree on to the last bit.
///
/// A [Key] has [Rows]: one or more [Row]s, each for a span of time, of which one at most holds at any instant.
/// Equal rows are equal bytes, so the SHA-256 of a row names it, and [SetHash] adds these up: the root of a
/// version is the digest of that sum, whatever the order in which rows came.
///
/// **In:** canonical texts, from `schema`; bytes from anywhere ([Rows#check], [Key#check]: one pass, nothing
/// decoded). **Out:** bytes; the row that holds at an instant, and until when.
///
/// **What holds:** bytes that were checked are the bytes of exactly one list of rows. Keys are in the order of
/// their bytes, and none is empty or has an empty cell, on which the replica's history relies.
///
/// **Knows:** `protocol`. **Start at** [Rows]. **Tests:** `RowsTest`, `KeyTest`, `SetHashTest`.
@NullMarked
package aiguillage.dataset.row;

import org.jspecify.annotations.NullMarked;
