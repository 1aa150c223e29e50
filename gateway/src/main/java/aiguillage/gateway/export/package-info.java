/// Datasets as files, for a DMS that reads files: `<dms>/<brand>/prices/<name>-v<version>.csv` (or `.xml`, as STAR's
/// price list) appears when a version begins to hold by the hub's time, whole or as the changes since the last file.
///
/// A file is written under a name ending in `.tmp`, forced to the disk, and renamed: who sees it sees all of it. Which
/// version was written last stands in `<name>.written` beside them (its number and root; `<name>.xml.written` for
/// STAR), so a DMS may take files away. A kill in between writes the same file again.
///
/// A [Form] writes row by row; one row is in memory at a time. What [Star] writes, `dataset`'s own reader of price
/// lists reads back to the same rows, with the same paths.
///
/// **In:** a [aiguillage.gateway.replica.KeptReplica]. **Out:** files. **Knows:** `protocol`, `dataset`, `replica`,
/// `dms`, `disk`, `status`.
///
/// **Start at** [PriceFiles#look]. **Tests:** `PriceFilesTest`, `CsvTest`, `StarTest`.
@NullMarked
package aiguillage.gateway.export;

import org.jspecify.annotations.NullMarked;
