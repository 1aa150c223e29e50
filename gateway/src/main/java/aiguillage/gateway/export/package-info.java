/// Datasets as files, for a DMS that reads files: `<dms>/<brand>/prices/<name>-v<version>.csv` appears when a version
/// begins to hold by the hub's time, whole or as the changes since the last file.
///
/// A file is written under a name ending in `.tmp`, forced to the disk, and renamed: who sees it sees all of it. Which
/// version was written last stands in `<name>.written` beside them (its number and root), so a DMS may take files
/// away. A kill in between writes the same file again.
///
/// **In:** a [aiguillage.gateway.replica.KeptReplica]. **Out:** files. **Knows:** `protocol`, `dataset`, `replica`,
/// `dms`, `disk`, `status`.
///
/// **Start at** [PriceFiles#look]. **Tests:** `PriceFilesTest`, `CsvTest`.
@NullMarked
package aiguillage.gateway.export;

import org.jspecify.annotations.NullMarked;
