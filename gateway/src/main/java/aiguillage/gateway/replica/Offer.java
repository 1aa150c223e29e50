package aiguillage.gateway.replica;

import org.jspecify.annotations.Nullable;

/// A version as the hub offers it.
///
/// @param note its signed statement
/// @param layer the layer itself when it is small, else null: it is to be fetched
public record Offer(String note, byte @Nullable [] layer) {}
