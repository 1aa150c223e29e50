package aiguillage.app.command;

import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.app.terminal.Terminal;
import aiguillage.app.terminal.TextTable;
import aiguillage.protocol.proof.Bundle;
import aiguillage.protocol.proof.LedgerKey;
import aiguillage.protocol.proof.Receipt;
import aiguillage.protocol.proof.Statement;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `aiguillage receipt …`: signed proofs.
@Command(
        name = "receipt",
        mixinStandardHelpOptions = true,
        description = "A hub's signed proofs: verify one offline, show what one says.",
        synopsisSubcommandLabel = "COMMAND")
final class ReceiptCommands {

    private static final String FILE = "The receipt.";

    private final Terminal terminal;

    ReceiptCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Proves a receipt, or a bundle of receipts from the console, with the hub's public key and"
                    + " nothing else: no hub, no network.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  aiguillage receipt verify claim.xml.receipt.json --key ledger.vkey",
                "  aiguillage receipt verify bundle.zip --key ledger.vkey",
                "",
                "Exit codes: 0 genuine, 1 not."
            })
    int verify(
            @Parameters(index = "0", paramLabel = "FILE", description = FILE) Path file,
            @Option(
                            names = "--key",
                            required = true,
                            paramLabel = "FILE",
                            description = "The hub's ledger.vkey, from a source you trust.")
                    Path key,
            @Option(names = "--json", description = Texts.JSON) boolean json)
            throws IOException {
        var trusted = LedgerKey.Public.ofText(Files.readString(key));
        if (isBundle(file)) {
            return verifyBundle(file, trusted, json);
        }
        Statement statement;
        try {
            statement = Receipt.verify(read(file), trusted);
        } catch (IllegalArgumentException e) {
            throw new Failure(Exit.NO, "NOT genuine: " + e.getMessage() + ".", e);
        }
        if (!json) {
            terminal.say("Genuine: proven under the ledger " + trusted.name() + ".");
        }
        tell(statement, json, true);
        return Exit.OK.code();
    }

    private static boolean isBundle(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Bundle.isOne(in.readNBytes(2));
        }
    }

    private int verifyBundle(Path file, LedgerKey.Public trusted, boolean json) throws IOException {
        Bundle bundle;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            bundle = Bundle.verify(in, trusted, statement -> {});
        } catch (IllegalArgumentException e) {
            throw new Failure(Exit.NO, "NOT genuine: " + e.getMessage() + ".", e);
        }
        String root = Base64.getEncoder().encodeToString(bundle.head().root());
        if (json) {
            terminal.json(JsonMapper.shared()
                    .createObjectNode()
                    .put("verified", true)
                    .put("receipts", bundle.receipts())
                    .put("size", bundle.head().size())
                    .put("root", root));
        } else {
            terminal.say("Genuine: " + bundle.receipts() + " receipts, all proven under the ledger " + trusted.name()
                    + " of " + bundle.head().size() + " entries with the root " + root + ".");
        }
        return Exit.OK.code();
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "What a receipt says, unproven.",
            footerHeading = "%nExamples:%n",
            footer = {"  aiguillage receipt show claim.xml.receipt.json"})
    int show(
            @Parameters(index = "0", paramLabel = "FILE", description = FILE) Path file,
            @Option(names = "--json", description = Texts.JSON) boolean json)
            throws IOException {
        tell(Receipt.ofJson(read(file)).leaf().statement(), json, false);
        return Exit.OK.code();
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] receipt = in.readNBytes(Receipt.BYTES_MAX + 1);
            if (receipt.length > Receipt.BYTES_MAX) {
                throw new Failure(Exit.NO, file + " is no receipt: it has more than " + Receipt.BYTES_MAX + " bytes.");
            }
            if (receipt.length == 0 || receipt[0] != '{') {
                throw new Failure(
                        Exit.NO, file + " is no receipt. A document's receipt lies beside it: FILE.receipt.json.");
            }
            return receipt;
        }
    }

    private void tell(Statement statement, boolean json, boolean proven) {
        if (json) {
            ObjectNode answer = JsonMapper.shared()
                    .createObjectNode()
                    .put("verified", proven)
                    .put("kind", statement.kind());
            statement.facts().forEach(answer::put);
            terminal.json(answer);
        } else {
            var table = new TextTable("what", statement.kind());
            statement.facts().forEach(table::row);
            terminal.say(table.text());
        }
    }
}
