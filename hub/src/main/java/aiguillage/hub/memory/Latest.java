package aiguillage.hub.memory;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;

/// A map of the latest so many: when one more comes, the eldest is let go. Not safe from several threads: its owner
/// guards it, reading too, since reading may change what is eldest.
///
/// @param <K> what it is remembered by
/// @param <V> what is remembered
public final class Latest<K, V> extends LinkedHashMap<K, V> {

    @Serial
    private static final long serialVersionUID = 1;

    private static final int ROOM = 16; // at first; it grows as it fills
    private static final float LOAD = 0.75f;

    private final int most;

    private Latest(int most, boolean byUse) {
        super(ROOM, LOAD, byUse);
        if (most < 1) {
            throw new IllegalArgumentException("At least one is remembered, not " + most);
        }
        this.most = most;
    }

    /// The eldest is what was put there first. Putting it again changes what is remembered, not its age; `putLast`
    /// makes it the youngest.
    ///
    /// @param most so many are kept, 1 or more
    public static <K, V> Latest<K, V> put(int most) {
        return new Latest<>(most, false);
    }

    /// The eldest is what was read or put longest ago.
    ///
    /// @param most so many are kept, 1 or more
    public static <K, V> Latest<K, V> used(int most) {
        return new Latest<>(most, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
