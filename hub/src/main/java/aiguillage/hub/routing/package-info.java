/// Where a document goes. One file names the parties and the flows; [Table#read] proves it whole before
/// anything uses it: no dangling name, no two routes for one document, no document without an answer, nobody
/// outside a flow's region (I6). What is proven is compiled once, so that [Table#route] is a few look-ups.
///
/// **In:** the text of the file; an envelope. **Out:** a [Table], or every problem with file, line and the
/// nearest right name; a [Routing]: who reads the document, or why nobody does. **Knows:** `protocol`,
/// `config`, `directory`, `entry`, `pki`, `format`, `dataset`. No clock, no I/O: the same text gives the same
/// answers on any machine (I5).
///
/// A sender learns nothing about flows it may not use, nor about parties it may not reach: both look as if they
/// did not exist (I4).
///
/// **Start at** [Table#route]; [TableDiff] says what a new table changes for whom, [Explanation] why one
/// document goes where it goes, [TableFile] is the file's shape. **Tests:** `RouteTest`, `ResidencyTest`,
/// `TableRefusalsTest`.
@NullMarked
package aiguillage.hub.routing;

import org.jspecify.annotations.NullMarked;
