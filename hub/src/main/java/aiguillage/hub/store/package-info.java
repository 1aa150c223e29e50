/// The ordered store below the journal: tables of byte keys and values, changed by batches that are all or nothing
/// and durable when written.
///
/// **Promises** (what [RocksStore] keeps, and what a model of it must keep): a [Changes] is written whole or not at
/// all; when [Store#write] returns it survives kill -9 and power loss; a read sees every batch written before it; a
/// scan sees one moment. Every value carries a CRC-32C over its table, key and content, checked at each read: a
/// damaged record stops the hub with [CorruptRecord], it is never served.
///
/// **Only the journal's writer thread writes.** Anybody may read.
///
/// **Knows:** nothing of documents.
@NullMarked
package aiguillage.hub.store;

import org.jspecify.annotations.NullMarked;
