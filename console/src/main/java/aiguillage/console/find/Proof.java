package aiguillage.console.find;

import aiguillage.protocol.proof.Statement;
import java.util.Map;

/// What a look at a pasted receipt came to.
///
/// @param fault why it is not genuine; empty when it is
/// @param kind of the entry that it proves; empty when it is not genuine
/// @param facts that it proves, by name
/// @param path where its document or entry is; empty when there is none to be seen
public record Proof(String fault, String kind, Map<String, String> facts, String path) {

    static Proof wrong(String fault) {
        return new Proof(fault, "", Map.of(), "");
    }

    static Proof genuine(Statement statement, String path) {
        return new Proof("", statement.kind(), statement.facts(), path);
    }

    public boolean isGenuine() {
        return fault.isEmpty();
    }
}
