package aiguillage.dataset.source;

import java.io.IOException;

/// A line that cannot be read; behind it nothing can be.
public final class BadLine extends IOException {
    private static final long serialVersionUID = 1L;

    private final long number;
    private final String why;

    BadLine(long number, String why) {
        super("line " + number + ": " + why);
        this.number = number;
        this.why = why;
    }

    /// The line's number, from 1.
    public long number() {
        return number;
    }

    /// What is wrong with it, without any of its text.
    public String why() {
        return why;
    }
}
