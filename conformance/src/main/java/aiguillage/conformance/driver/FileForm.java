package aiguillage.conformance.driver;

import java.util.function.UnaryOperator;

/// As what files a dealer's system writes and reads documents.
///
/// @param extension of the files
/// @param written of a document
/// @param read of a file
record FileForm(String extension, UnaryOperator<byte[]> written, UnaryOperator<byte[]> read) {

    static final FileForm AS_THEY_ARE = new FileForm(".xml", content -> content, content -> content);
    static final FileForm FLAT = new FileForm(".flat", FlatText::of, FlatText::document);
}
