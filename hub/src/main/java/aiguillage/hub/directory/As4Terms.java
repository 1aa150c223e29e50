package aiguillage.hub.directory;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a party speaks AS4.
///
/// @param signing the certificates that its messages may be signed with, beside those it connects with
/// @param encryption what payloads to it are encrypted to, or null: they are not
/// @param url where documents are pushed to, or null: it pulls
public record As4Terms(
        Set<As4Certificate> signing,
        @Nullable As4Certificate encryption,
        @Nullable URI url) {

    /// Nothing said.
    public static final As4Terms NONE = new As4Terms(Set.of(), null, null);

    public As4Terms {
        signing = Set.copyOf(signing);
    }
}
