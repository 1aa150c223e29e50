package aiguillage.console.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A file that came with a form. It goes when the answer is made, unless it was moved away.
///
/// @param file where it lies
/// @param name as the browser says: hostile text, and no name of anything here
public record Upload(Path file, String name, long bytes) {

    public InputStream open() throws IOException {
        return Files.newInputStream(file);
    }

    /// Keeps it elsewhere.
    ///
    /// @param place in the same file system; must not exist
    public void moveTo(Path place) throws IOException {
        Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
    }
}
