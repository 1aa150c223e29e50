package aiguillage.hub.routing;

/// The document goes nowhere.
///
/// @param reason a sentence for the sender; it tells nothing about what the sender may not know (I4)
public record Refusal(Kind kind, String reason) implements Routing {

    /// Why, as a machine wants it.
    public enum Kind {
        /// The sender is no party of this table.
        SENDER_UNKNOWN,
        /// There is no such flow, or the sender may not use it: the sender cannot tell which (I4).
        FLOW_UNKNOWN,
        /// The flow wants a `recipient`, and the envelope names none.
        RECIPIENT_MISSING,
        /// The `recipient` is no party, or none this flow may reach: the sender cannot tell which (I4).
        RECIPIENT_UNKNOWN,
        /// The route this document takes refuses it.
        ROUTE_REFUSES
    }
}
