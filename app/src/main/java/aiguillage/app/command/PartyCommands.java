package aiguillage.app.command;

import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.app.terminal.Terminal;
import aiguillage.app.terminal.TextTable;
import aiguillage.hub.directory.PasswordHash;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `aiguillage party …`: enrolment codes, certificates, suspensions, passwords.
@Command(
        name = "party",
        mixinStandardHelpOptions = true,
        description = "A party's enrolment codes, certificates, suspension and password.",
        synopsisSubcommandLabel = "COMMAND")
final class PartyCommands {

    /// Without letters that look alike; five groups of four are 98 bits.
    private static final String PASSWORD_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int PASSWORD_GROUPS = 5;
    private static final int PASSWORD_GROUP_CHARS = 4;
    private static final int PASSWORD_CHARS_MIN = 16;
    private static final int PASSWORD_CHARS_MAX = 256;

    private final Terminal terminal;

    PartyCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "code",
            mixinStandardHelpOptions = true,
            description = "Makes a one-time enrolment code. It is shown once, here; the hub keeps only its hash.",
            footerHeading = "%nExamples:%n",
            footer = {"  aiguillage party code dealer-7", "  aiguillage party code dealer-7 --hours 4 --json"})
    int code(
            @Parameters(index = "0", paramLabel = "PARTY", description = "As the flows file names it.") String party,
            @Option(names = "--hours", paramLabel = "N", description = "How long it holds (default: 72).") @Nullable
                    Integer hours,
            @Mixin OnHub on) {
        try (var hub = on.client()) {
            var wish = JsonMapper.shared().createObjectNode().put("party", party);
            if (hours != null) {
                wish.put("hours", hours);
            }
            JsonNode code = hub.post("/operator/enrolments", wish);
            if (on.json()) {
                terminal.json(code);
            } else {
                terminal.say(code.path("code").asString());
                terminal.err()
                        .println("Good once, for " + party + ", until "
                                + code.path("expires").asString()
                                + ". Hand it over by a way you trust, with the root's fingerprint (`aiguillage ca"
                                + " show`).");
            }
            return Exit.OK.code();
        }
    }

    @Command(
            name = "password",
            mixinStandardHelpOptions = true,
            description = "Makes a password for doors of files, and the line that lets the party in by it: put"
                    + " that into flows.yaml and apply it. Keys and certificates are better.",
            footerHeading = "%nExamples:%n",
            footer = {"  aiguillage party password dealer-7", "  aiguillage party password dealer-7 --stdin < password"
            })
    int password(
            @Parameters(index = "0", paramLabel = "PARTY", description = "As the flows file names it.") String party,
            @Option(
                            names = "--stdin",
                            description = "Reads the password there (16 characters or more) instead of making one.")
                    boolean isRead,
            @Option(names = "--json", description = Texts.JSON) boolean json)
            throws IOException {
        requireName(party);
        var random = new SecureRandom();
        String password = isRead ? readPassword() : randomPassword(random);
        String hash = PasswordHash.make(password, random).text();
        if (json) {
            var made = JsonMapper.shared().createObjectNode().put("party", party);
            terminal.json(
                    isRead ? made.put("hash", hash) : made.put("hash", hash).put("password", password));
            return Exit.OK.code();
        }
        terminal.say("password: " + hash);
        if (!isRead) {
            terminal.err().println("The password: " + password);
        }
        terminal.err()
                .println(
                        "Put the line below `" + party + ":` in flows.yaml, and apply it. The password is nowhere kept."
                                + " Hand it over by a way you trust.");
        return Exit.OK.code();
    }

    private static void requireName(String party) {
        try {
            var _ = new PartyId(party);
        } catch (IllegalArgumentException e) {
            throw new Failure(Exit.USAGE, e.getMessage() + ".");
        }
    }

    private static String randomPassword(SecureRandom random) {
        return random.ints(PASSWORD_GROUPS * PASSWORD_GROUP_CHARS, 0, PASSWORD_ALPHABET.length())
                .mapToObj(PASSWORD_ALPHABET::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining())
                .replaceAll("(.{" + PASSWORD_GROUP_CHARS + "})(?=.)", "$1-");
    }

    private static String readPassword() throws IOException {
        byte[] read = System.in.readNBytes(PASSWORD_CHARS_MAX * 4);
        String password = new String(read, StandardCharsets.UTF_8).replaceFirst("\\R$", "");
        if (password.length() < PASSWORD_CHARS_MIN || password.length() > PASSWORD_CHARS_MAX) {
            throw new Failure(
                    Exit.USAGE,
                    "A password has " + PASSWORD_CHARS_MIN + " to " + PASSWORD_CHARS_MAX
                            + " characters. Leave --stdin out, and a good one is made.");
        }
        return password;
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Revokes a party's certificates, or one by its serial. Open connections end within a second;"
                    + " SSH keys and passwords of a party without a good one count no more.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  aiguillage party revoke dealer-7 --reason \"PC stolen\"",
                "  aiguillage party revoke --serial 4f:2a:… --reason \"key copied\"",
            })
    int revoke(
            @Parameters(
                            index = "0",
                            arity = "0..1",
                            paramLabel = "PARTY",
                            description = "All of its certificates and codes.")
                    @Nullable
                    String party,
            @Option(names = "--serial", paramLabel = "HEX", description = "Only this certificate.") @Nullable
                    String serial,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Kept with the revocation.")
                    String reason,
            @Mixin OnHub on) {
        if ((party == null) == (serial == null)) {
            throw new Failure(Exit.USAGE, "Name either a party or --serial.");
        }
        try (var hub = on.client()) {
            JsonNode revoked = hub.post(
                    "/operator/revocations",
                    JsonMapper.shared()
                            .createObjectNode()
                            .put(party == null ? "serial" : "party", party == null ? serial : party)
                            .put("reason", reason));
            if (on.json()) {
                terminal.json(revoked);
            } else {
                revoked.forEach(one -> terminal.say("revoked " + one.asString()));
                terminal.err()
                        .println(revoked.size() + " certificates were revoked."
                                + (party == null ? "" : " The party's enrolment codes are void."));
            }
            return revoked.isEmpty() ? Exit.NO.code() : Exit.OK.code();
        }
    }

    @Command(
            name = "suspend",
            mixinStandardHelpOptions = true,
            description = "Has a party refused at every door until it is resumed. Open connections end within a second;"
                    + " what is for it goes on waiting, and what it wants to send waits with it.",
            footerHeading = "%nExamples:%n",
            footer = "  aiguillage party suspend dealer-7 --reason \"strange orders since noon\"")
    int suspend(
            @Parameters(index = "0", paramLabel = "PARTY", description = "As the flows file names it.") String party,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Kept in the journal.")
                    String reason,
            @Mixin OnHub on) {
        return stand(party, "suspend", reason, on);
    }

    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Lets a suspended party in again.",
            footerHeading = "%nExamples:%n",
            footer = "  aiguillage party resume dealer-7 --reason \"it was a new clerk\"")
    int resume(
            @Parameters(index = "0", paramLabel = "PARTY", description = "As the flows file names it.") String party,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Kept in the journal.")
                    String reason,
            @Mixin OnHub on) {
        return stand(party, "resume", reason, on);
    }

    private int stand(String party, String word, String reason, OnHub on) {
        requireName(party);
        try (var hub = on.client()) {
            JsonNode standing = hub.post(
                    "/operator/parties/" + party + "/" + word,
                    JsonMapper.shared().createObjectNode().put("reason", reason));
            if (on.json()) {
                terminal.json(standing);
            } else if (standing.path("suspended").asBoolean()) {
                terminal.say(
                        party + " is suspended since " + standing.path("since").asString() + ".");
            } else {
                terminal.say(party + " is let in.");
            }
            return Exit.OK.code();
        }
    }

    @Command(
            name = "certificates",
            mixinStandardHelpOptions = true,
            description = "Which certificates were issued, and which are revoked.",
            footerHeading = "%nExamples:%n",
            footer = {"  aiguillage party certificates", "  aiguillage party certificates dealer-7 --json"})
    int certificates(
            @Parameters(index = "0", arity = "0..1", paramLabel = "PARTY", description = "Only this party's.") @Nullable
                    String party,
            @Mixin OnHub on) {
        try (var hub = on.client()) {
            JsonNode certificates = hub.get("/operator/certificates" + Texts.only(party));
            if (on.json()) {
                terminal.json(certificates);
            } else {
                var table = new TextTable("PARTY", "SERIAL", "UNTIL", "REVOKED");
                certificates.forEach(one -> table.row(
                        one.path("party").asString("?"),
                        one.path("serial").asString(),
                        one.path("notAfter").asString(),
                        one.path("revoked").asBoolean() ? "yes" : "no"));
                terminal.say(table.text());
            }
            return Exit.OK.code();
        }
    }
}
