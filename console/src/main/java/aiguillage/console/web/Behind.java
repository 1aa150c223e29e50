package aiguillage.console.web;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The commands and calls behind pages, as they are typed on this hub's machine, in the folder of its `hub.yaml`.
/// What stands in them may be anybody's text: each is one word to the shell, whatever is in it.
///
/// @param operations the operations listener's address, without a slash behind it
/// @param token the file that holds the operator's token
public record Behind(String operations, Path token) {

    /// What no shell changes or splits.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/:@+,%-][A-Za-z0-9._/:@=+,%-]*");

    /// The launcher's command.
    public String command(Object... words) {
        return "aiguillage "
                + Arrays.stream(words).map(word -> word(word.toString())).collect(Collectors.joining(" "));
    }

    /// The file with the key that receipts are verified by: it lies beside the token.
    public Path ledgerKey() {
        return token.resolveSibling("ledger.vkey");
    }

    /// A call that needs no token.
    public String open(String path) {
        return "curl " + word(operations + path);
    }

    /// @param path of the operations listener, escaped, with its query
    public String get(Object path) {
        return call() + word(operations + path);
    }

    /// @param json of the body
    public String send(Object path, String json) {
        return call() + "-d " + word(json) + " " + word(operations + path);
    }

    /// @param file whose bytes are the body
    public String sendFile(Object path, String file) {
        return call() + "--data-binary " + word("@" + file) + " " + word(operations + path);
    }

    private String call() {
        return "curl -H \"Authorization: Bearer $(cat " + word(token.toString()) + ")\" ";
    }

    private static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
