/// Reads a flat file record by record, in constant memory: a bad record is told with its place, and the next
/// one is read.
///
/// ```
/// bytes → Frames: text of one record → Grammar: which it is → codec: its fields → FlatReader: documents
/// ```
///
/// **In:** a stream of bytes from a stranger. **Out:** [FlatReader.Document]s, and faults. **Knows:**
/// `description`, `record`, `report`. **Start at** [FlatReader#next]. **Tests:** `SamplesTest`,
/// `HostileFilesTest`, `RoundTripTest`.
@NullMarked
package aiguillage.format.reading;

import org.jspecify.annotations.NullMarked;
