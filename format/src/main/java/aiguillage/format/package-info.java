/// Flat files, described once: a folder with a DFDL schema, stylesheets and a head, and all that is done with
/// it.
///
/// | package | does |
/// |---|---|
/// | `description` | reads and proves a description |
/// | `record` | one record between text and fields |
/// | `reading`, `writing` | a whole file, record by record |
/// | `translation` | between fields and the flow's document, by XSLT |
/// | `report` | what was wrong, with line and column |
/// | `drafting` | a first description, from a sample |
/// | `lint` | what a description does not cover |
///
/// **Knows:** `config`, `xml`. **Start at** [Format].
@NullMarked
package aiguillage.format;

import org.jspecify.annotations.NullMarked;
