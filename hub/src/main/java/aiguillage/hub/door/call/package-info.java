/// One call over HTTP, as all doors have it: who calls, what is asked, a body within its bounds, the one answer
/// or refusal.
///
/// **Descriptions.** Each address is declared as an [Operation] beside its door (`PartyEndpoints` and its
/// like); [Endpoints] finds the one that is meant, [OpenApi] makes of all what the listener says of itself.
///
/// **Threads.** A [Call] is safe from any thread; its first answer counts. **Start at** [Call]. **Knows:** what
/// [HubParts] names, `login`, `memory`, `problem`, `store`, `protocol`, `status`. **Tests:** `BadInputTest`,
/// `EarlyRefusalTest`, `QuotasOverTheWireTest`.
@NullMarked
package aiguillage.hub.door.call;

import org.jspecify.annotations.NullMarked;
