package aiguillage.dataset.replica;

/// What a replica itself knows of whether its answers are right (I7). Whether the hub was heard lately is for
/// others to say.
public sealed interface Health {

    /// No version holds yet.
    record Nothing() implements Health {}

    /// The rows are those of the signed root.
    ///
    /// @param version that holds
    /// @param proven whether it is itself folded and compared; before that, the version below it was, and its
    ///     layer is the one that was sent
    record Exact(Version version, boolean proven) implements Health {}

    /// The rows are not those of the root: buckets must be repaired, or a whole list adopted.
    ///
    /// @param version whose root it is
    record Differs(Version version) implements Health {}

    /// A version is due and cannot be read: its key must come, or its layer once more.
    ///
    /// @param why a sentence for people
    record Unreadable(Version version, String why) implements Health {}
}
