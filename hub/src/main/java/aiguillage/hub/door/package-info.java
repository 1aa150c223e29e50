/// The listeners, and what stands behind each. A door turns a request into an entry or a question, and the
/// answer into a response; it decides nothing itself. [Doors] puts the doors together, [HubServer] opens the
/// listeners.
///
/// **Three listeners.** The main one, TLS 1.3 with a client certificate, for parties. The enrolment one, TLS
/// with or without a certificate, for EST and nothing else. The operations one, plain and on loopback unless
/// configured otherwise: health and metrics, and, with the operator's token, everything the operator does. A
/// fourth takes signed STAR messages without a client certificate, where it is wanted.
///
/// **Rooms.** `call` is what all doors share; above it `rest`, `dataset`, `star`, `as4`, `enrolment`,
/// `operator`, each with what its listener says of it. No room knows this package.
///
/// **Threads.** Submissions are read and routed on the server's selector threads, without waiting; what may
/// wait (reading mailboxes, large payloads, validation) runs on virtual threads. What waited for the journal is
/// answered by its tellers, other answers by virtual threads; none by its writer.
///
/// **Start at** [Doors]. **Knows:** its rooms, `as4`, `dataset`, `delivery`, `files`, `intake`, `login`,
/// `problem`, `quota`, `trust`, `config`, `pki`, `protocol`, `hub`, `admission`, `flows`, `operators`, `presence`,
/// `replay`, `settings`, `status`. **Tests:** `WireTest`, `OpenApiTest`, `EveryProblemTest`, `StrangersGetNothingTest`.
@NullMarked
package aiguillage.hub.door;

import org.jspecify.annotations.NullMarked;
