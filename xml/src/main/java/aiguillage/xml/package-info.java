/// XML from strangers: the one way to read it.
///
/// Whoever reads XML takes its reader from [HardenedXml], whichever kind it needs: events, a tree, a schema. None
/// follows a
/// document type, an entity or an address, and what a document may cost is bounded by [XmlLimits]. No class outside
/// this
/// package makes a reader (`PartsTest`).
///
/// **In:** bytes or characters. **Out:** readers of the Java platform, and what they say. **Knows:** nothing.
///
/// **Start at** [HardenedXml#read]. **Tests:** `HardenedXmlTest`, and `HostileXmlTest` where payloads are checked.
@NullMarked
package aiguillage.xml;

import org.jspecify.annotations.NullMarked;
