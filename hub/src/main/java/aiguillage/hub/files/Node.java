package aiguillage.hub.files;

import java.time.Instant;

/// A file or a folder, as it is listed.
///
/// @param bytes of a file; 0 of a folder
public record Node(String name, boolean isFolder, long bytes, Instant modified) {

    static Node folder(String name) {
        return new Node(name, true, 0, Instant.EPOCH);
    }
}
