/// Between the fields of a file and the document of a flow, by the format's stylesheets.
///
/// Stylesheets see the fields, and nothing else: no `document()`, `unparsed-text()`, collection, environment,
/// Java, second result, or file outside of the format's folder.
///
/// **In:** a [aiguillage.format.record.FlatNode] or a document. **Out:** the other. **Knows:** `description`,
/// `record`, `report`, `xml`. **Start at** [Translation]. **Tests:** `HostileFilesTest`.
@NullMarked
package aiguillage.format.translation;

import org.jspecify.annotations.NullMarked;
