package aiguillage.dataset.source;

import org.jspecify.annotations.Nullable;

/// Looks at a line's bytes before they are decoded and cut into cells: of most lines nothing else is needed.
@FunctionalInterface
public interface Glance {

    /// @param bytes hold the line from `from` to `to`, for this call alone. They may be ASCII, or something
    ///     else, if that is what the file's encoding was declared to be
    /// @param ascii whether all of them are ASCII, and none is zero
    /// @return what they are, or null when the line must be read as any other
    @Nullable
    Plain see(long number, byte[] bytes, int from, int to, boolean ascii);
}
