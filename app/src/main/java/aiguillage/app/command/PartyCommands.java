package aiguillage.app.command;

import aiguillage.app.operator.OperatorClient;
import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.app.terminal.Terminal;
import aiguillage.app.terminal.TextTable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `aiguillage party …`: enrolment codes and certificates.
@Command(
        name = "party",
        mixinStandardHelpOptions = true,
        description = "A party's enrolment codes and certificates.",
        synopsisSubcommandLabel = "COMMAND")
final class PartyCommands {

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
            @Option(names = "--config", defaultValue = "hub.yaml", paramLabel = "FILE", description = Texts.HUB_YAML)
                    Path config,
            @Option(names = "--json", description = Texts.JSON) boolean json) {
        try (var hub = OperatorClient.of(config)) {
            var wish = JsonMapper.shared().createObjectNode().put("party", party);
            if (hours != null) {
                wish.put("hours", hours);
            }
            JsonNode code = hub.post("/operator/enrolments", wish);
            if (json) {
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
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Revokes a party's certificates, or one by its serial. Open connections end within a second.",
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
            @Option(names = "--reason", required = true, description = "Kept with the revocation.") String reason,
            @Option(names = "--config", defaultValue = "hub.yaml", paramLabel = "FILE", description = Texts.HUB_YAML)
                    Path config,
            @Option(names = "--json", description = Texts.JSON) boolean json) {
        if ((party == null) == (serial == null)) {
            throw new Failure(Exit.USAGE, "Name either a party or --serial.");
        }
        try (var hub = OperatorClient.of(config)) {
            JsonNode revoked = hub.post(
                    "/operator/revocations",
                    JsonMapper.shared()
                            .createObjectNode()
                            .put(party == null ? "serial" : "party", party == null ? serial : party)
                            .put("reason", reason));
            if (json) {
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
            name = "certificates",
            mixinStandardHelpOptions = true,
            description = "Which certificates were issued, and which are revoked.",
            footerHeading = "%nExamples:%n",
            footer = {"  aiguillage party certificates", "  aiguillage party certificates dealer-7 --json"})
    int certificates(
            @Parameters(index = "0", arity = "0..1", paramLabel = "PARTY", description = "Only this party's.") @Nullable
                    String party,
            @Option(names = "--config", defaultValue = "hub.yaml", paramLabel = "FILE", description = Texts.HUB_YAML)
                    Path config,
            @Option(names = "--json", description = Texts.JSON) boolean json) {
        try (var hub = OperatorClient.of(config)) {
            JsonNode certificates = hub.get("/operator/certificates" + Texts.only(party));
            if (json) {
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
