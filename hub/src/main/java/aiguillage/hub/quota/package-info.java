/// What one party may ask of the hub: documents, requests and bytes in a time; uploads, requests and connections at
/// once. So one party, however it behaves, leaves the others their share (the journal takes entries in turn, too:
/// `journal.Lanes`).
///
/// **Rates** are token buckets: so much at once, then so much a minute. **Counts** go up and down with what is open.
/// A party that is refused and goes on all the same is answered later and later, then not at all ([Quota#patience]):
/// what it costs is bounded, whatever it sends.
///
/// **Memory** is one small object for each party that has something open or has asked in the last minute.
///
/// **In:** a party, at each connection, request, document. **Out:** nothing, or a refusal with the time to wait.
/// **Knows:** `protocol`, `config`, `problem`, `directory`, `routing`. **Start at** [Quotas]. **Tests:** `QuotaTest`,
/// `QuotasOverTheWireTest`.
@NullMarked
package aiguillage.hub.quota;

import org.jspecify.annotations.NullMarked;
