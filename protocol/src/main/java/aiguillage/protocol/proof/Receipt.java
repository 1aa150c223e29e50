package aiguillage.protocol.proof;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Signed proof that an entry stands in a hub's journal. As JSON it has exactly one form, so that no byte of it can
/// be changed unnoticed:
///
/// ```json
/// {"receipt":"aiguillage/1","statement":"…","salt":"…","remainder":"…","proof":["…"],"checkpoint":"…"}
/// ```
///
/// @param leaf what is proven
/// @param proof the hashes from the leaf to the root, lowest first; 32 bytes each
/// @param checkpoint the signed head (a note, see [Checkpoint]) under which it is proven
public record Receipt(Leaf leaf, List<byte[]> proof, String checkpoint) {

    /// The largest receipt read.
    public static final int BYTES_MAX = 65_536;

    private static final String FORMAT = "aiguillage/1";
    private static final int PROOF_HASHES_MAX = 64;
    private static final JsonMapper JSON = new JsonMapper();

    public Receipt {
        proof = List.copyOf(proof);
    }

    /// Checks everything: the form, the signature of the head, and that the statement's leaf is under it.
    ///
    /// @param json the receipt as the hub gave it; a line end after it does no harm
    /// @param key the hub's public key, from a source you trust
    /// @return the statement, now proven
    /// @throws IllegalArgumentException when anything does not fit; the message says what
    public static Statement verify(byte[] json, LedgerKey.Public key) {
        Receipt receipt = ofJson(json);
        Checkpoint head = Checkpoint.verified(receipt.checkpoint, key);
        Statement statement = receipt.leaf.statement();
        if (!Hash.included(
                statement.position().leafIndex(), head.size(), receipt.leaf.hash(), receipt.proof, head.root())) {
            throw new IllegalArgumentException("the statement is not in the ledger " + head.origin() + " of "
                    + head.size() + " entries: it was changed, or belongs to another proof");
        }
        return statement;
    }

    /// Reads a receipt without proving it.
    ///
    /// @throws IllegalArgumentException when it is not in the one form a receipt has
    public static Receipt ofJson(byte[] json) {
        if (json.length > BYTES_MAX) {
            throw new IllegalArgumentException("a receipt has at most " + BYTES_MAX + " bytes, not " + json.length);
        }
        Receipt receipt = parsed(json);
        int end = json.length > 0 && json[json.length - 1] == '\n' ? json.length - 1 : json.length;
        if (!Arrays.equals(receipt.toBytes(), Arrays.copyOf(json, end))) {
            throw new IllegalArgumentException(
                    "the receipt is not in the form in which the hub wrote it: it was changed");
        }
        return receipt;
    }

    private static Receipt parsed(byte[] json) {
        try {
            JsonNode root = JSON.readTree(json);
            if (!FORMAT.equals(root.path("receipt").asString(""))) {
                throw new IllegalArgumentException("not a receipt of the form " + FORMAT);
            }
            JsonNode hashes = root.path("proof");
            if (hashes.size() > PROOF_HASHES_MAX) {
                throw new IllegalArgumentException("a proof has at most " + PROOF_HASHES_MAX + " hashes");
            }
            List<byte[]> proof = new ArrayList<>();
            for (JsonNode hash : hashes) {
                proof.add(Base64.getDecoder().decode(hash.asString("")));
            }
            var leaf = new Leaf(
                    Statement.ofText(root.path("statement").asString("")),
                    Base64.getDecoder().decode(root.path("salt").asString("")),
                    Base64.getDecoder().decode(root.path("remainder").asString("")));
            return new Receipt(leaf, proof, root.path("checkpoint").asString(""));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the receipt is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /// The one form of this receipt, without a line end.
    public String toJson() {
        return new String(toBytes(), StandardCharsets.UTF_8);
    }

    /// As [#toJson()], in UTF-8. The note's dash is not Latin-1: kept apart, it does not double what stands before
    /// it.
    public byte[] toBytes() {
        byte[] proven = proven().getBytes(StandardCharsets.UTF_8);
        byte[] head = head().getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(proven, proven.length + head.length);
        System.arraycopy(head, 0, bytes, proven.length, head.length);
        return bytes;
    }

    private String head() {
        var json = new StringBuilder(512).append("],\"checkpoint\":\"");
        escape(checkpoint, json);
        return json.append("\"}").toString();
    }

    private String proven() {
        Base64.Encoder base64 = Base64.getEncoder();
        var json = new StringBuilder(2_048)
                .append("{\"receipt\":\"")
                .append(FORMAT)
                .append("\",\"statement\":\"");
        escape(leaf.statement().text(), json);
        json.append("\",\"salt\":\"").append(base64.encodeToString(leaf.salt()));
        json.append("\",\"remainder\":\"")
                .append(base64.encodeToString(leaf.remainder()))
                .append("\",\"proof\":[");
        for (int i = 0; i < proof.size(); i++) {
            json.append(i == 0 ? "\"" : ",\"")
                    .append(base64.encodeToString(proof.get(i)))
                    .append('"');
        }
        return json.toString();
    }

    /// Nearly nothing needs escaping but line ends, so text is copied in runs.
    private static void escape(String text, StringBuilder json) {
        int copied = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                json.append(text, copied, i);
                json.append(escaped(c));
                copied = i + 1;
            }
        }
        json.append(text, copied, text.length());
    }

    private static String escaped(char c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            default -> "\\u00" + (c < 16 ? "0" : "1") + Character.forDigit(c & 15, 16);
        };
    }
}
