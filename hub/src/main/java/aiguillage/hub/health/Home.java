package aiguillage.hub.health;

import aiguillage.hub.store.StoreFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The store's folder as the hub opened it. When somebody moves or removes it, the store writes on, durably, into files
/// that no name leads to any more: receipts would be given for documents that nobody finds again.
public final class Home {

    private final Path store;
    private final @Nullable Object identity;

    /// @param store the folder of an open store
    public Home(Path store) throws IOException {
        this.store = store;
        this.identity = identity(store);
    }

    /// @return the file system's own name for a folder; null where it has none
    private static @Nullable Object identity(Path folder) throws IOException {
        return Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
    }

    /// Requires that the folder is still there, and the same; to be called every second.
    ///
    /// @throws StoreFailed when it is not: the hub must stop
    public void require() throws IOException {
        try {
            Files.readAttributes(store.resolve("CURRENT"), BasicFileAttributes.class);
            if (!Objects.equals(identity, identity(store))) {
                throw new NoSuchFileException(store.toString(), null, "another folder is in its place");
            }
        } catch (NoSuchFileException e) {
            throw new StoreFailed(
                    "The store in " + store
                            + " was moved, removed or replaced while the hub ran. Put the folder back and"
                            + " start the hub again; if it is lost, restore the last backup.",
                    e);
        }
    }
}
