package aiguillage.format.lint;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Compares what is written with a file, in constant memory.
final class SameBytes extends OutputStream {

    private static final int BUFFER = 65_536;

    private final InputStream file;
    private int line = 1;
    private boolean isDifferent;

    SameBytes(Path file) throws IOException {
        this.file = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    }

    @Override
    public void write(int one) throws IOException {
        if (isDifferent) {
            return;
        }
        isDifferent = file.read() != (one & 0xFF);
        line += one == '\n' && !isDifferent ? 1 : 0;
    }

    /// The first line that differs; closes the file.
    Optional<Integer> difference() throws IOException {
        try (file) {
            return isDifferent || file.read() >= 0 ? Optional.of(line) : Optional.empty();
        }
    }
}
