package aiguillage.app.demo;

import aiguillage.app.start.Plan;
import aiguillage.app.warranty.Dealer;
import aiguillage.config.Address;
import aiguillage.pki.Fingerprint;
import aiguillage.protocol.Brand;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Who plays in the demo: two dealers, one of whom sells two brands, a warranty centre for both brands, and the
/// manufacturer of one, who publishes its prices.
final class Cast {

    static final Brand OPEL = new Brand("opel");
    static final Brand CITROEN = new Brand("citroen");
    static final PartyId CENTRE = Plan.CENTRE;
    static final String CLAIM = "warranty-claim";
    static final String DECISION = "warranty-decision";

    private static final PartyId FIRST = new PartyId("dealer-7");
    private static final PartyId SECOND = new PartyId("dealer-8");

    static final PartyId MAKER = new PartyId("opel");
    static final DatasetName PRICES = new DatasetName(OPEL, "parts-prices");

    /// Everybody who has the prices.
    static final List<PartyId> READERS = List.of(FIRST, SECOND);

    /// Whose copy turns up where it should not.
    static final PartyId LEAKER = SECOND;

    /// A workshop writes claims for one brand of one dealer.
    record Workshop(Dealer dealer, Brand brand) {
        FlowName claims() {
            return new FlowName(brand, CLAIM);
        }

        FlowName decisions() {
            return new FlowName(brand, DECISION);
        }
    }

    static final List<Workshop> WORKSHOPS = List.of(
            new Workshop(Dealer.french(FIRST), OPEL),
            new Workshop(Dealer.french(FIRST), CITROEN),
            new Workshop(Dealer.german(SECOND), OPEL));

    /// Below the ports that systems give to outgoing connections: while the hub is down after its kill, nobody else
    /// may come to own its ports.
    private static final int PORT_MIN = 20_000;

    private static final int PORT_END = 30_000;
    private static final int PORTS_TRIED_MAX = 200;

    /// Thousands of gateways are patient for each other's sake; three need not be.
    private static final Duration RETRY_LONGEST = Duration.ofSeconds(2);

    private Cast() {}

    static Plan plan(Fingerprint root) throws IOException {
        var any = new Address("127.0.0.1", 0);
        return new Plan(
                Plan.HUB,
                new Plan.Listen(free(), free(), free()),
                root,
                RETRY_LONGEST,
                List.of(
                        new Plan.Member(FIRST, Plan.Role.DEALER, List.of(OPEL, CITROEN), "fr", free()),
                        new Plan.Member(SECOND, Plan.Role.DEALER, List.of(OPEL), "de", free()),
                        new Plan.Member(CENTRE, Plan.Role.CENTRE, List.of(OPEL, CITROEN), "de", any),
                        new Plan.Member(MAKER, Plan.Role.MANUFACTURER, List.of(OPEL), "de", any)));
    }

    private static Address free() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        IOException last = new IOException("no port tried");
        for (int i = 0; i < PORTS_TRIED_MAX; i++) {
            int port = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_END);
            try (var _ = new ServerSocket(port, 1, loopback)) {
                return new Address("127.0.0.1", port);
            } catch (IOException taken) {
                last = taken;
            }
        }
        throw new IOException("No free port from " + PORT_MIN + " to " + PORT_END + " was found.", last);
    }
}
