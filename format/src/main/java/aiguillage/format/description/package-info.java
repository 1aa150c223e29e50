/// What a flat file is: one folder a format, read once, proven, and then never changed.
///
/// ```
/// formats/prices/
///   format.yaml        the head: whose files, which encoding, what becomes of a bad record
///   format.dfdl.xsd    the records and their fields, in DFDL 1.0
///   to.xsl, from.xsl   to the document of a flow and back, in XSLT 3.0; may be absent
/// ```
///
/// The schema's root element has groups and *records*: an element with a `dfdl:terminator` is a record, any
/// other with children a group. Fields of a record may be of any DFDL; those that [SchemaReader] knows as plain
/// (text of fixed or delimited length: strings, numbers, dates) are read without Apache Daffodil, many times
/// faster.
///
/// **In:** a folder of the operator's. Nothing outside of it is read: no `schemaLocation`, `xsl:import`,
/// `document()` or entity leads anywhere else. **Out:** [Description], immutable; or [FormatRefused].
/// **Knows:** `config`, `xml`. **Tests:** `SamplesTest`, `HostileFilesTest`.
@NullMarked
package aiguillage.format.description;

import org.jspecify.annotations.NullMarked;
