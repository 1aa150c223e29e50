package aiguillage.app.conformance;

import aiguillage.app.terminal.Terminal;
import aiguillage.conformance.driver.Identity;
import aiguillage.conformance.driver.Manner;
import aiguillage.conformance.driver.Offer;
import aiguillage.conformance.driver.Waiting;
import aiguillage.conformance.driver.Words;
import aiguillage.conformance.listen.Editor;
import aiguillage.conformance.listen.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;

/// An editor at a terminal: he reads what his system is to do, and types Enter when it has shown a refusal. For
/// one thread at a time.
public final class TerminalEditor implements Editor {

    private static final int LINE_MAX = 1_000;

    private final Terminal terminal;
    private final InputStream typed;
    private final Locale language;
    private final String door;

    /// @param typed what he types
    /// @param door through which his system goes
    public TerminalEditor(Terminal terminal, InputStream typed, Locale language, String door) {
        this.terminal = terminal;
        this.typed = typed;
        this.language = language;
        this.door = door;
    }

    private String say(String french, String english) {
        return new Words(french, english).in(language);
    }

    @Override
    public void asked(Task task) {
        switch (task) {
            case Task.Send(Identity as, Offer offer, Path file, Manner manner) -> send(as, offer, file, manner);
            case Task.Acknowledge(Identity as, Waiting waiting) ->
                terminal.say(say(
                        "  → en tant que " + as.party() + ", lisez " + place(waiting) + " et acquittez-le",
                        "  → as " + as.party() + ", read " + place(waiting) + ", and acknowledge it"));
            case Task.Reject(Identity as, Waiting waiting, String reason) ->
                terminal.say(say(
                        "  → en tant que " + as.party() + ", lisez " + place(waiting) + " et rejetez-le : " + reason,
                        "  → as " + as.party() + ", read " + place(waiting) + ", and reject it: " + reason));
        }
    }

    private void send(Identity as, Offer offer, Path file, Manner manner) {
        String from = offer.sender() == null ? as.party() : offer.sender();
        terminal.say(say("  → en tant que ", "  → as ") + with(as) + say(", envoyez ", ", send ") + file);
        terminal.say("    "
                + switch (door) {
                    case "star", "star2" ->
                        "PutMessage, /star/" + offer.flow().brand() + ", " + offer.element()
                                + (door.equals("star") ? "" : say(", signé", ", signed"));
                    case "as4" ->
                        "Service urn:aiguillage:brand:" + offer.flow().brand() + ", Action "
                                + offer.flow().kind() + ", MessageId " + offer.id() + ", From urn:aiguillage:party:"
                                + from + (offer.recipient() == null ? "" : ", finalRecipient " + offer.recipient());
                    case "sftp", "flat" ->
                        "/in/" + offer.flow() + "/" + (offer.recipient() == null ? "" : offer.recipient() + "@")
                                + offer.id() + (door.equals("flat") ? ".flat" : ".xml")
                                + say(", utilisateur ", ", user ") + from;
                    default ->
                        "ce-type: " + offer.flow() + ", ce-id: " + offer.id() + ", ce-source: urn:aiguillage:party:"
                                + from + (offer.recipient() == null ? "" : ", ce-recipient: " + offer.recipient());
                });
        switch (manner) {
            case AT_ONCE -> {}
            case SLOWLY ->
                terminal.say(say("    lentement, si votre système le peut", "    slowly, if your system can"));
            case CUT_HALF_WAY ->
                terminal.say(say("    la ligne tombera au milieu", "    the line will break half-way"));
            case CUT_BEFORE_ANSWER ->
                terminal.say(say("    la ligne tombera avant la réponse", "    the line will break before the answer"));
        }
    }

    private String with(Identity as) {
        return as.credential() == null
                ? say("inconnu, sans certificat ni clé", "a stranger, without certificate or key")
                : as.party() + " (" + as.party() + ".pem, " + as.party() + ".ssh)";
    }

    private String place(Waiting waiting) {
        return say("la livraison ", "delivery ") + waiting.handle() + say(" du flux ", " of flow ") + waiting.flow();
    }

    @Override
    public Said said() {
        try {
            if (typed.available() == 0) {
                return Said.NOTHING;
            }
            var line = new StringBuilder();
            for (int c = typed.read(); c >= 0 && c != '\n' && line.length() < LINE_MAX; c = typed.read()) {
                line.append((char) c);
            }
            return line.toString().strip().equalsIgnoreCase("s") ? Said.SKIP : Said.REFUSED;
        } catch (IOException e) {
            throw new UncheckedIOException("what is typed cannot be read", e);
        }
    }
}
