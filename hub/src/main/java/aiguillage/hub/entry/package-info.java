/// The entries of the journal: every change the hub makes is one of these, and nothing else writes state.
///
/// Time is in the entry: whoever applies it needs no clock. An entry's bytes ([EntryCodec]) never change once
/// written; a new kind gets a new number, an old one stays readable for ever.
///
/// **Start at** [Entry]. **Knows:** `protocol`. **Tests:** `EntryCodecTest`.
@NullMarked
package aiguillage.hub.entry;

import org.jspecify.annotations.NullMarked;
