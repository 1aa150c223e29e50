package aiguillage.console.flows;

import java.util.List;

/// A flow as lists and pictures show it.
///
/// @param senders the roles that may send, with how many parties have each
/// @param copies who also gets it, by name
/// @param copiesShown the same, said as copies
/// @param region outside of it nobody gets a document; empty: anywhere
public record FlowLine(
        String brand,
        String kind,
        String senders,
        List<Way> ways,
        List<String> copies,
        String copiesShown,
        String region,
        boolean isSigned) {

    /// One route.
    ///
    /// @param condition which documents take it; empty where all do
    /// @param target whom it leads to
    public record Way(String condition, String target, boolean isRefused) {

        public String shown() {
            return condition.isEmpty() ? target : condition + " → " + target;
        }
    }

    public FlowLine {
        ways = List.copyOf(ways);
        copies = List.copyOf(copies);
    }

    public String name() {
        return brand + "/" + kind;
    }

    public String href() {
        return "/flows/" + brand + "/" + kind;
    }
}
