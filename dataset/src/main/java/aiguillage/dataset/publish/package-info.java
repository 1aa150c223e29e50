/// From a published file to a version that can be taken in: read, checked line by line, sorted, and compared
/// with the rows in force.
///
/// **In:** a file's bytes with their declared [aiguillage.dataset.source.Format], the [Guards], and the rows
/// [InForce]. **Out:** an [Outcome]: a layer of changes that is ready, one that is held until a second person
/// releases it, or a refusal; the last two with a [Report] for people and a file of the offending lines.
///
/// Memory does not grow with the file: rows go through a [Sorter] that puts sorted runs on disk, and both sides
/// are then read once, side by side, in the order of keys. A line in error refuses the whole file, since nobody
/// knows what else is wrong with it; all of it is read nevertheless, so that the report is complete. Texts of
/// cells stand in the file of offending lines alone: reports get into logs and mails.
///
/// **Two threads.** A [Helper] reads [Ahead] what the first thread is going to need: the file, then the rows
/// in force; and it adds up the hash of what the first has found to differ. Most lines become rows from their
/// bytes ([PlainLines]); a [Checker] takes the others.
///
/// **Start at** [Publication#publish]. **Knows:** `schema`, `row`, `layer`, `source`. **Tests:**
/// `PublicationTest`, `NaiveModelTest`, `BadInputTest`, `ShiftedColumnsTest`, `GuardsTest`, `SorterTest`,
/// `PlainLinesTest`, `CellTest`, `AheadTest`, `RealListsTest`.
@NullMarked
package aiguillage.dataset.publish;

import org.jspecify.annotations.NullMarked;
