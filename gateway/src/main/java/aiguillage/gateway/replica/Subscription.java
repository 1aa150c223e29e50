package aiguillage.gateway.replica;

import aiguillage.dataset.schema.Schema;
import aiguillage.protocol.DatasetName;
import java.time.Duration;

/// A dataset that this party reads.
///
/// @param scope which of its rows
/// @param newest the number of the version that stands last; 0: none does
/// @param staleAfter how long the hub may be silent before answers count as stale
/// @param json all of it, as the hub wrote it
public record Subscription(
        DatasetName name, String scope, long newest, Duration staleAfter, Schema schema, String json) {}
