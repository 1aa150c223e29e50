package aiguillage.conformance.situation;

/// What a situation needs beside a dealer and a hub.
public enum Need {
    /// Another party: a processing centre, another dealer.
    COUNTERPART,
    /// A hand on the hub: it is stopped, filled, told whom to shut out.
    OPERATOR
}
