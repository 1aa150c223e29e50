package aiguillage.faults;

/// Something that goes wrong, with what is promised all the same.
interface Fault {

    /// One or two words, for the command line and the table.
    String name();

    /// What holds in spite of it.
    String promised();

    /// Injects it and looks what comes of it. What is special to this fault is said in the row; documents that went
    /// through the site under this fault's name are counted when all faults are over.
    ///
    /// @throws AssertionError when a promise is broken
    void run(Site site, Scale scale, Row row) throws Exception;

    /// Whether it needs the library that makes disk and clock bad.
    default boolean needsBadMachine() {
        return false;
    }

    /// Whether its documents go through the common site, and are counted there.
    default boolean isCountedInSite() {
        return true;
    }
}
