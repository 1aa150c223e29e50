/// Payloads too large to stand in the store: one file each, fsynced before the journal refers to it.
///
/// A file's name is the payload's digest and a number nobody else has: two uploads of one content never share a
/// file, so none can be removed under the other. A file the journal does not know is an orphan of a crash or a
/// refusal; it is removed at the next start.
///
/// Behind the payload stand checksums of its blocks: what a bad disk made of it is never served, and stops the hub
/// ([CorruptPayload]).
///
/// **In:** a stream of bytes, from a door. **Out:** [Payloads.Stored]. **Knows:** `protocol`.
/// **Tests:** `PayloadsTest`, `BadInputTest`, `DamageTest`.
@NullMarked
package aiguillage.hub.payload;

import org.jspecify.annotations.NullMarked;
