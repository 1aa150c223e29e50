package aiguillage.hub.files;

import aiguillage.protocol.Brand;
import aiguillage.protocol.FlowName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A path in a party's tree, without `.` and `..`: nothing above the root has a path.
///
/// @param names from the root on; none for the root itself
public record TreePath(List<String> names) {

    /// So many that its form in base64url is the name of a file.
    static final int NAME_BYTES_MAX = 180;

    /// Of a file that is put: its receipt and its refusal have a name, too.
    static final int INCOMING_BYTES_MAX = NAME_BYTES_MAX - ".receipt".length();

    private static final int DEPTH_MAX = 8;
    private static final List<String> TEMPORARY = List.of(".part", ".tmp", ".filepart");

    public TreePath {
        names = List.copyOf(names);
    }

    /// Reads a path; one without `/` at its beginning begins at the root too.
    ///
    /// @throws FileRefused when a name in it is none that a file here can have
    public static TreePath of(String path) throws FileRefused {
        var names = new ArrayList<String>();
        for (String name : path.split("/", -1)) {
            if (name.equals("..")) {
                if (!names.isEmpty()) {
                    names.removeLast();
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(checked(name));
            }
            if (names.size() > DEPTH_MAX) {
                throw FileRefused.notThere("folder so deep");
            }
        }
        return new TreePath(names);
    }

    private static String checked(String name) throws FileRefused {
        boolean isPlain = name.chars().noneMatch(c -> Character.isISOControl(c) || c == '\\')
                && StandardCharsets.UTF_8.newEncoder().canEncode(name);
        if (!isPlain || name.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES_MAX) {
            throw FileRefused.failed("A file's name has at most " + NAME_BYTES_MAX
                    + " bytes in UTF-8, no control characters and no backslash: choose another.");
        }
        return name;
    }

    /// @throws FileRefused when a file cannot be put under this name
    void requireIncoming() throws FileRefused {
        if (last().getBytes(StandardCharsets.UTF_8).length > INCOMING_BYTES_MAX) {
            throw FileRefused.failed("The name of a file that is put has at most " + INCOMING_BYTES_MAX
                    + " bytes in UTF-8, so that its receipt can have one: choose a shorter one.");
        }
    }

    int depth() {
        return names.size();
    }

    /// The first name, as `in` or `out`; empty for the root.
    String branch() {
        return names.isEmpty() ? "" : names.getFirst();
    }

    String last() {
        return names.isEmpty() ? "/" : names.getLast();
    }

    /// The flow whose folder this is, or is in.
    Optional<FlowName> flow() {
        if (names.size() < 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new FlowName(new Brand(names.get(1)), names.get(2)));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    /// Whether a file of this name is still to be renamed: both habits are heeded, writing a file under its
    /// name and under another first.
    static boolean isTemporary(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return name.startsWith(".") || TEMPORARY.stream().anyMatch(lower::endsWith);
    }

    /// Whether it is that of a file on its way in, or would be.
    public boolean isIncoming() {
        return branch().equals(PartyTree.IN);
    }

    /// Whether a file of its name is still to be renamed.
    public boolean isTemporary() {
        return isTemporary(last());
    }

    @Override
    public String toString() {
        return "/" + String.join("/", names);
    }
}
