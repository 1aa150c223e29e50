package aiguillage.protocol.proof;

import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Position;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a hub signs of a dataset's version as the readers of one scope see it. Signed, it is a note:
///
/// ```
/// hub.example/ledger
/// dataset: opel/parts-prices
/// version: 17
/// from: 16
/// effective: 2026-04-01T22:00:00Z
/// skipped-since:
/// published: 2026-03-30T09:00:00Z
/// root: sha-256=:…:
/// rows: 455514
/// layer: sha-256=:…:
/// bytes: 48211
/// scope: country=fr
/// position: 20852163
///
/// — hub.example/ledger Az3grlgtzPICa5OS8npVmf1M…
/// ```
///
/// @param dataset which one
/// @param number of the version, counted from 1
/// @param from the version whose rows the layer changes; 0: it replaces whatever its reader has
/// @param effective from when on it holds
/// @param skippedSince when the first version held that the reader never gets, or null when it gets all
/// @param published when the hub took it in
/// @param root the digest of the set hash of all rows that this scope sees; null before a sealed version holds: its
///     layer has it, and nobody can try a guess of a row against it
/// @param rows how many keys those are; 0 where there is no root
/// @param layer the digest of the layer's file
/// @param bytes the length of the layer's file
/// @param scope which rows: `*` for all, else what they are chosen by
/// @param position of the version's entry in the journal, whose receipt proves when it came
public record VersionStatement(
        DatasetName dataset,
        long number,
        long from,
        Instant effective,
        @Nullable Instant skippedSince,
        Instant published,
        @Nullable Digest root,
        long rows,
        Digest layer,
        long bytes,
        String scope,
        Position position) {

    private static final int NOTE_CHARS_MAX = 4_096;
    private static final int SCOPE_CHARS_MAX = 1_024;
    private static final int FACTS = 12;

    public VersionStatement {
        if (number < 1 || from < 0 || from >= number || rows < 0 || bytes < 0 || (root == null && rows > 0)) {
            throw new IllegalArgumentException("a version " + number + " made for version " + from);
        }
        if (scope.isEmpty() || scope.length() > SCOPE_CHARS_MAX || scope.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("a scope has 1 to " + SCOPE_CHARS_MAX + " characters, on one line");
        }
    }

    /// The signed note. One statement has one note per key.
    public String signedBy(LedgerKey key) {
        return SignedNote.of(text(key.verifier().name()), key);
    }

    /// Reads a note and checks its signature.
    ///
    /// @throws IllegalArgumentException when it is malformed, of another hub, or not signed by the key
    public static VersionStatement verified(String note, LedgerKey.Public key) {
        String text = SignedNote.verified(note, key, NOTE_CHARS_MAX, "the version's statement");
        Map<String, String> facts = new LinkedHashMap<>();
        String[] lines = text.split("\n", -1);
        for (int i = 1; i < lines.length - 1; i++) {
            int colon = lines[i].indexOf(':');
            if (colon < 1 || facts.put(lines[i].substring(0, colon), value(lines[i], colon)) != null) {
                throw new IllegalArgumentException("line " + (i + 1) + " of the version's statement is no fact");
            }
        }
        try {
            VersionStatement read = of(facts);
            if (facts.size() == FACTS && read.text(key.name()).equals(text)) {
                return read;
            }
        } catch (DateTimeException | NumberFormatException e) {
            throw new IllegalArgumentException("the version's statement cannot be read", e);
        }
        throw new IllegalArgumentException("the version's statement is not in the one form of its facts");
    }

    private static String value(String line, int colon) {
        return colon + 2 <= line.length() ? line.substring(colon + 2) : "";
    }

    private static VersionStatement of(Map<String, String> facts) {
        String skipped = fact(facts, "skipped-since");
        String root = fact(facts, "root");
        return new VersionStatement(
                DatasetName.of(fact(facts, "dataset")),
                Long.parseLong(fact(facts, "version")),
                Long.parseLong(fact(facts, "from")),
                Instant.parse(fact(facts, "effective")),
                skipped.isEmpty() ? null : Instant.parse(skipped),
                Instant.parse(fact(facts, "published")),
                root.isEmpty() ? null : Digest.ofHeader(root),
                Long.parseLong(fact(facts, "rows")),
                Digest.ofHeader(fact(facts, "layer")),
                Long.parseLong(fact(facts, "bytes")),
                fact(facts, "scope"),
                Position.of(fact(facts, "position")));
    }

    private static String fact(Map<String, String> facts, String name) {
        String value = facts.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the version's statement has no fact \"" + name + "\"");
        }
        return value;
    }

    private String text(String ledger) {
        return ledger
                + "\ndataset: " + dataset
                + "\nversion: " + number
                + "\nfrom: " + from
                + "\neffective: " + effective
                + "\nskipped-since:" + (skippedSince == null ? "" : " " + skippedSince)
                + "\npublished: " + published
                + "\nroot:" + (root == null ? "" : " " + root)
                + "\nrows: " + rows
                + "\nlayer: " + layer
                + "\nbytes: " + bytes
                + "\nscope: " + scope
                + "\nposition: " + position
                + "\n";
    }
}
