package aiguillage.dataset.publish;

/// What can be wrong with a publication; what explains others comes first.
public enum Kind {
    /// The file as a whole: empty, cut off, or without the header that was declared.
    FILE("the file"),

    /// Columns that do not look like themselves, but perhaps like each other.
    COLUMNS("shifted columns"),

    UNREADABLE("unreadable line"),

    CELLS("wrong number of cells"),

    ACTION("unknown action"),

    MISSING("missing cell"),

    TYPE("wrong type"),

    MINIMUM("below the minimum"),

    DUPLICATE("same key more than once"),

    /// Fewer rows than there must be.
    ROWS("too few rows"),

    REMOVED("too many rows removed"),

    CHANGED("changed too much");

    private final String title;

    Kind(String title) {
        this.title = title;
    }

    /// What it is called in a report.
    public String title() {
        return title;
    }
}
