/// The doors: HTTP in and out. A door turns a request into an entry or a question, and the answer into a response;
/// it decides nothing itself.
///
/// **Three listeners.** The main one, TLS 1.3 with a client certificate, for parties. The enrolment one, TLS with
/// or without a certificate, for EST and nothing else. The operations one, plain and on loopback unless configured
/// otherwise: health and metrics, and, with the operator's token, everything the operator does.
///
/// **Threads.** Submissions are read and routed on the server's selector threads, without waiting; what may wait
/// (reading mailboxes, large payloads, validation) runs on virtual threads. What waited for the journal is
/// answered by its tellers, other answers by virtual threads; none by its writer.
///
/// **Descriptions.** Each address is declared as an [Operation] beside its door ([PartyEndpoints],
/// [EnrolmentEndpoints], [OperatorEndpoints]); [OpenApi] makes of it what the listener says of itself.
///
/// **Start at** [SubmissionDoor#submit]. **Knows:** everything in `hub`, `protocol`, `pki`. **Tests:** `WireTest`,
/// `OpenApiTest`, `EveryProblemTest`, `StrangersGetNothingTest`.
@NullMarked
package aiguillage.hub.door;

import org.jspecify.annotations.NullMarked;
