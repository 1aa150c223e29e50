/// Looks into payloads at the door: is this what the flow's schema promises, and which search keys does it carry?
/// A document that fails is refused with line, column and what was expected; nothing of it is stored.
///
/// **In:** schema files (`.xsd`, `.json`) from one folder, and payloads as streams. **Out:** a [Verdict] per
/// payload. **Knows:** `protocol`, `pki`, `xml`.
///
/// Payloads come from outside, so nothing in them is followed: no DOCTYPE, no entities, no `xsi:schemaLocation`, no
/// network. What XML may cost is bounded by [aiguillage.xml.XmlLimits], JSON by [JsonSchema#PAYLOAD_BYTES_MAX]. XML is
/// read as a
/// stream: memory does not grow with the payload, except with one element's text while a schema checks it. JSON is
/// held as a tree.
///
/// Measured with a claim of 6 kB and two keys, warm, one thread of a busy 2-core machine: 0.04 ms without schema,
/// 0.08 ms with a small schema of ours, 0.12 ms with STAR's own (4 MB of files, compiled once in about a second).
/// With reader and validator made anew for each document it was 0.5 ms, so they are pooled.
///
/// **Start at** [PayloadCheck#check]. **Tests:** `XmlCheckTest`, `HostileXmlTest`, `XmlKeysTest`, `JsonCheckTest`,
/// `SchemasTest`, `StarSamplesTest`.
@NullMarked
package aiguillage.hub.schema;

import org.jspecify.annotations.NullMarked;
