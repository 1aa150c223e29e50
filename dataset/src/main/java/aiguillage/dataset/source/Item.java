package aiguillage.dataset.source;

/// What a [Source] gives: a line, or what stands where one should be.
public sealed interface Item permits Line, Plain, Unreadable {

    /// The number of the line it begins on, or of the row in a document without lines; from 1.
    long number();

    /// What stands there, as far as it could be read. It may be sensitive.
    String text();
}
