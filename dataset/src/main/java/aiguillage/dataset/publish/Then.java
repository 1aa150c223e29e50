package aiguillage.dataset.publish;

/// What becomes of a publication of which something was found.
public enum Then {
    /// A second person may release it.
    HOLD,

    /// It must be corrected and published again.
    REFUSE
}
