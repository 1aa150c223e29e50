package aiguillage.console.people;

import aiguillage.hub.Inside;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.operators.Operators;
import aiguillage.hub.operators.Rank;
import aiguillage.pki.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// How the first operator comes in: by a link that only who stands at the hub's machine can read. Each start makes a
/// new one, until somebody has a key.
public final class FirstOperator {

    private static final Operator FIRST = new Operator("administrator", Rank.ADMINISTER, Set.of());
    private static final String HUB = "hub";

    private final Operators operators;
    private final Path file;

    public FirstOperator(Inside hub) {
        this.operators = hub.operators();
        this.file = hub.data().firstOperator();
    }

    /// The link, which is also in its file, mode 0600; empty when somebody can sign in already.
    ///
    /// @param origin where the console is
    /// @throws IOException when the file cannot be written
    public Optional<String> link(String origin) throws IOException {
        if (operators.isAnybodyThere()) {
            isThere();
            return Optional.empty();
        }
        operators.put(FIRST, HUB);
        String link = origin + "/enrol/" + operators.invite(FIRST.name(), HUB).link();
        DurableFile.writeSecret(file, (link + "\n").getBytes(StandardCharsets.US_ASCII));
        return Optional.of(link);
    }

    /// The link is worth nothing any more.
    void isThere() throws IOException {
        Files.deleteIfExists(file);
    }
}
