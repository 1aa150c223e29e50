package aiguillage.gateway.replica;

import org.jspecify.annotations.Nullable;

/// A version as the hub offers it.
///
/// @param note its signed statement
/// @param isSealed whether its layer opens only with a key that is told once it holds
/// @param layer the layer itself when it is small, else null: it is to be fetched
public record Offer(String note, boolean isSealed, byte @Nullable [] layer) {}
