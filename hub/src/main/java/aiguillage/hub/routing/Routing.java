package aiguillage.hub.routing;

/// The table's answer for one document.
public sealed interface Routing permits Route, Refusal {}
