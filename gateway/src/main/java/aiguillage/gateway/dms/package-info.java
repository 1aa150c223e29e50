/// The folders through which a dealer management system (DMS) sends and receives, one tree per brand.
///
/// | folder | who writes | what |
/// |---|---|---|
/// | `<brand>/out/<kind>/` | DMS | documents to send, each perhaps with `<name>.envelope.json`, written before it |
/// | `<brand>/done/<kind>/` | gateway | sent: the file, `.receipt.json`, later `.delivered.json`, `.rejected.json` … |
/// | `<brand>/refused/<kind>/` | gateway | not accepted: the file and `.reason.txt` in plain words |
/// | `<brand>/in/<kind>/` | gateway | deliveries, each with `<name>.envelope.json`, written before it |
///
/// A file counts as complete when its name has no leading `.` and no `.tmp` or `.part` at its end, and its size
/// and time stood still for the settle time. Names are untrusted: only plain files directly in a kind's folder are
/// taken.
///
/// **In:** a look at the folders. **Out:** complete files, oldest first, to whoever takes them. **Knows:**
/// `protocol`, `status`.
///
/// **Start at** [OutFolder]. **Tests:** `OutFolderTest`, `FileNamesTest`.
@NullMarked
package aiguillage.gateway.dms;

import org.jspecify.annotations.NullMarked;
