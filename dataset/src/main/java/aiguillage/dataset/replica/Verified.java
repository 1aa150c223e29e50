package aiguillage.dataset.replica;

import java.util.List;

/// What came out when all rows were hashed again.
///
/// @param version whose rows they should be
/// @param keys how many keys have rows
/// @param damaged the buckets whose rows were not those of the hash that stood beside them
/// @param exact whether all rows together are those of the version's root
public record Verified(Version version, long keys, List<Integer> damaged, boolean exact) {

    public Verified {
        damaged = List.copyOf(damaged);
    }
}
