package aiguillage.format.record;

import aiguillage.format.report.Fault;

/// A record that is not as its description says.
public final class Unreadable extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Fault fault;

    public Unreadable(Fault fault) {
        super(fault.toString(), null, false, false); // thousands may come in one file
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
