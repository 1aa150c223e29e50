package aiguillage.hub.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a search key stands in XML: local names from the root, `*` for any one element, `//` for any number of
/// elements between, `@name` at the end for an attribute. Namespaces and prefixes do not matter.
///
/// `/ProcessWarrantyClaim//Vehicle/VehicleID`, `//ClaimNumberString`, `/order/*/@id`
///
/// @param key the declared name of the key
/// @param attribute the attribute whose value is taken; empty when it is the element's text
record XmlKeyPath(String key, List<Step> steps, Optional<String> attribute) {

    static final int STEPS_MAX = 60; // one bit each in a long, see XmlKeys

    private static final Pattern STEP = Pattern.compile("(//?)(@?)(\\*|[\\p{L}_][\\p{L}\\p{N}._-]*)");

    /// @param anywhere any number of elements may stand before this one
    /// @param name a local name, or `*`
    record Step(boolean anywhere, String name) {
        boolean matches(String localName) {
            return name.equals("*") || name.equals(localName);
        }
    }

    static XmlKeyPath of(String key, String path) throws SchemaRefused {
        var steps = new ArrayList<Step>();
        Optional<String> attribute = Optional.empty();
        Matcher step = STEP.matcher(path);
        int end = 0;
        while (end < path.length()) {
            if (!step.find() || step.start() != end || attribute.isPresent() || steps.size() == STEPS_MAX) {
                throw refused(key, path);
            }
            boolean isAttribute = !step.group(2).isEmpty();
            if (isAttribute && (step.group(1).length() == 2 || step.group(3).equals("*"))) {
                throw refused(key, path);
            }
            if (isAttribute) {
                attribute = Optional.of(step.group(3));
            } else {
                steps.add(new Step(step.group(1).length() == 2, step.group(3)));
            }
            end = step.end();
        }
        if (steps.isEmpty()) {
            throw refused(key, path);
        }
        return new XmlKeyPath(key, List.copyOf(steps), attribute);
    }

    /// Whether [#of] would accept it.
    static boolean isPath(String path) {
        try {
            of("", path);
            return true;
        } catch (SchemaRefused _) {
            return false;
        }
    }

    private static SchemaRefused refused(String key, String path) {
        return new SchemaRefused("The key \"" + key + "\" has the path " + Fault.quoted(path)
                + ", which is not one: write local names without prefix from the root, as in"
                + " /ProcessWarrantyClaim//VehicleID, with * for any one element, // for any number between, and"
                + " @name at the end for an attribute; at most " + STEPS_MAX + " steps.");
    }
}
