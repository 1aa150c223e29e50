package aiguillage.protocol;

import java.util.Optional;
import java.util.regex.Pattern;

/// The name of a flow, `<brand>/<kind>`, as in `opel/warranty-claim`; the CloudEvents `type` of its documents.
///
/// The kind has 1 to 64 lower-case letters, digits and `-`, starting with a letter. The hub's notices about the
/// documents of a flow (delivered, rejected, expired) travel as `<brand>/<kind>.notice`; that ending is the
/// hub's own.
public record FlowName(Brand brand, String kind) implements Comparable<FlowName> {

    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,63}(\\.notice)?");
    private static final String NOTICE = ".notice";

    public FlowName {
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("\"" + Text.shown(kind) + "\" is not a kind of document: use 1 to 64"
                    + " lower-case letters, digits and '-', starting with a letter");
        }
    }

    /// Reads `<brand>/<kind>`.
    ///
    /// @throws IllegalArgumentException when it is anything else
    public static FlowName of(String name) {
        int slash = name.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "\"" + Text.shown(name) + "\" is not a flow: write <brand>/<kind>, as in opel/warranty-claim");
        }
        return new FlowName(new Brand(name.substring(0, slash)), name.substring(slash + 1));
    }

    /// Reads what somebody may have written as he liked; empty when it is no flow.
    public static Optional<FlowName> find(String name) {
        try {
            return Optional.of(of(name));
        } catch (IllegalArgumentException noFlow) {
            return Optional.empty();
        }
    }

    /// The flow on which the hub tells senders what became of their documents of this flow.
    public FlowName notices() {
        return isNotices() ? this : new FlowName(brand, kind + NOTICE);
    }

    public boolean isNotices() {
        return kind.endsWith(NOTICE);
    }

    @Override
    public int compareTo(FlowName other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return brand.value() + "/" + kind;
    }
}
