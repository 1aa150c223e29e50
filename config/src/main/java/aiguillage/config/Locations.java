package aiguillage.config;

import java.util.Map;

/// Where each value of a file stands, so that checks made after reading can still name the line.
///
/// A path is the keys joined by dots, list elements by `[index]` counted from 0:
/// `flows.opel/warranty-claim.routes[0].to`.
public final class Locations {

    private final String file;
    private final Map<String, Location> byPath;

    Locations(String file, Map<String, Location> byPath) {
        this.file = file;
        this.byPath = Map.copyOf(byPath);
    }

    /// Where the value at this path stands; a section stands at its key. Of a value that was left out, the
    /// place of the section that misses it.
    public Location at(String path) {
        for (String known = path; !known.isEmpty(); known = parent(known)) {
            Location location = byPath.get(known);
            if (location != null) {
                return location;
            }
        }
        return new Location(file, 1, 1);
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
}
