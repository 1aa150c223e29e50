/// Where is my document? Reads what the journal and the views say of a document: its entry, payload and
/// history, and who may know of it (I4).
///
/// **Start at** [Documents]. **Knows:** `entry`, `memory`, `payload`, `store`, `yard`, `protocol`. **Tests:**
/// `NeedToKnowTest`.
@NullMarked
package aiguillage.hub.document;

import org.jspecify.annotations.NullMarked;
