package aiguillage.bench.peer;

import aiguillage.bench.load.Messages;
import aiguillage.bench.server.Child;
import aiguillage.bench.server.Site;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Makes AS4 messages by phase4 before they are sent: for each line "clients each file" so many for each of so many
/// dealers, the first dealer's first, none of them twice.
public final class As4MessagesProcess {

    private As4MessagesProcess() {}

    /// @param arguments the site's folder, the bytes of a payload
    public static void main(String[] arguments) throws Exception {
        Quiet.below("com.helger");
        var site = new Site(Path.of(arguments[0]));
        int payloadBytes = Integer.parseInt(arguments[1]);
        Path folder = Files.createDirectories(site.folder().resolve("as4-messages"));
        try (var as4 = As4.open(folder, As4Keys.read(site.as4Key(), "as4"), "as4")) {
            var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            Child.say("ready");
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                String[] order = line.split(" ", 3);
                List<byte[]> messages = new ArrayList<>();
                for (int dealer = 0; dealer < Integer.parseInt(order[0]); dealer++) {
                    messages.addAll(as4.messagesToHub(dealer, Integer.parseInt(order[1]), payloadBytes));
                }
                Messages.write(Path.of(order[2]), messages);
                Child.say("made");
            }
        }
    }
}
