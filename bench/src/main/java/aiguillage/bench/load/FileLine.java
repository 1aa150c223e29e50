package aiguillage.bench.load;

import java.io.IOException;

/// One session of a protocol of files. Not for several threads.
interface FileLine extends AutoCloseable {

    /// Puts a file, and returns once the server has said that it has it.
    ///
    /// @param path from the root on
    void put(String path, byte[] content) throws IOException;

    @Override
    void close() throws IOException;
}
