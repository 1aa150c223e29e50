/// Writes a flat file of the fields of its documents.
///
/// **In:** [aiguillage.format.record.FlatNode]s, each below the schema's root. **Out:** bytes in the format's
/// encoding, or [aiguillage.format.record.Unwritable]. **Knows:** `description`, `record`, `reading`.
/// **Tests:** `SamplesTest`, `RoundTripTest`.
@NullMarked
package aiguillage.format.writing;

import org.jspecify.annotations.NullMarked;
