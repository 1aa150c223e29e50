package aiguillage.app.demo;

import aiguillage.app.start.Plan;
import aiguillage.app.warranty.ClaimLines;
import aiguillage.app.warranty.Dealer;
import aiguillage.config.Address;
import aiguillage.conformance.driver.As4Door;
import aiguillage.conformance.driver.Door;
import aiguillage.conformance.driver.SftpDoor;
import aiguillage.conformance.driver.StarDoor;
import aiguillage.pki.EcKeys;
import aiguillage.pki.Fingerprint;
import aiguillage.pki.SshLibrary;
import aiguillage.protocol.Brand;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.jspecify.annotations.Nullable;

/// Who plays in the demo.
///
/// @param workshops who writes claims, in turns
/// @param sshKeyPair of the dealers who put files; null: nobody does
/// @param hasPrices whether the manufacturer publishes a price list
record Cast(List<Workshop> workshops, @Nullable KeyPair sshKeyPair, boolean hasPrices) {

    static final Brand OPEL = new Brand("opel");
    static final Brand CITROEN = new Brand("citroen");
    static final PartyId CENTRE = Plan.CENTRE;
    static final String CLAIM = "warranty-claim";
    static final String DECISION = "warranty-decision";

    private static final PartyId FIRST = new PartyId("dealer-7");
    private static final PartyId SECOND = new PartyId("dealer-8");
    private static final PartyId THIRD = new PartyId("dealer-9");
    private static final PartyId FOURTH = new PartyId("dealer-10");

    /// Reads a copy of every claim as lines, by SFTP.
    static final PartyId ARCHIVE = new PartyId("archive");

    /// What the archive has copies of.
    static final FlowName ARCHIVED = new FlowName(OPEL, CLAIM);

    static final PartyId MAKER = new PartyId("opel");
    static final DatasetName PRICES = new DatasetName(OPEL, "parts-prices");

    /// Everybody who has the prices.
    static final List<PartyId> READERS = List.of(FIRST, SECOND);

    /// Whose copy turns up where it should not.
    static final PartyId LEAKER = SECOND;

    /// A workshop writes claims for one brand of one dealer.
    ///
    /// @param door by which the dealer's system reaches the hub; null: by a gateway's folder
    /// @param extension of the files that it writes
    record Workshop(Dealer dealer, Brand brand, @Nullable Door door, String extension) {

        Workshop(Dealer dealer, Brand brand, @Nullable Door door) {
            this(dealer, brand, door, ".xml");
        }

        /// By what claims come, for people.
        String way() {
            return isFlat()
                    ? DoorFigures.FLAT
                    : door == null ? "folder" : door.name().toUpperCase(Locale.ROOT);
        }

        boolean isFlat() {
            return extension.equals(ClaimLines.EXTENSION);
        }

        FlowName claims() {
            return new FlowName(brand, CLAIM);
        }

        FlowName decisions() {
            return new FlowName(brand, DECISION);
        }
    }

    /// Two dealers with gateways, one of whom sells two brands, a warranty centre for both brands, and the
    /// manufacturer of one, who publishes its prices.
    static Cast withGateways() {
        return new Cast(
                List.of(
                        new Workshop(Dealer.french(FIRST), OPEL, null),
                        new Workshop(Dealer.french(FIRST), CITROEN, null),
                        new Workshop(Dealer.german(SECOND), OPEL, null)),
                null,
                true);
    }

    /// Four dealers of one brand, each at another door, its warranty centre, and an archive that knows flat
    /// files alone.
    static Cast atDifferentDoors() {
        SshLibrary.keepToItself(); // before the first of its classes is used
        return new Cast(
                List.of(
                        new Workshop(Dealer.french(FIRST), OPEL, null),
                        new Workshop(Dealer.german(SECOND), OPEL, StarDoor.plain()),
                        new Workshop(
                                Dealer.english(THIRD),
                                OPEL,
                                SftpDoor.ofFiles(ClaimLines.EXTENSION),
                                ClaimLines.EXTENSION),
                        new Workshop(Dealer.breton(FOURTH), OPEL, new As4Door())),
                EcKeys.generate(),
                false);
    }

    /// The workshops whose dealers have no gateway.
    List<Workshop> withoutGateway() {
        return workshops.stream().filter(workshop -> workshop.door() != null).toList();
    }

    boolean hasGateway(PartyId party) {
        return !party.equals(ARCHIVE)
                && withoutGateway().stream()
                        .noneMatch(workshop -> workshop.dealer().party().equals(party));
    }

    /// Below the ports that systems give to outgoing connections: while the hub is down after its kill, nobody
    /// else may come to own its ports.
    private static final int PORT_MIN = 20_000;

    private static final int PORT_END = 30_000;
    private static final int PORTS_TRIED_MAX = 200;

    /// Thousands of gateways are patient for each other's sake; three need not be.
    private static final Duration RETRY_LONGEST = Duration.ofSeconds(2);

    /// @param hasConsole whether the hub has pages for people
    Plan plan(Fingerprint root, boolean hasConsole) throws IOException {
        var any = new Address("127.0.0.1", 0);
        List<Brand> brands = workshops.stream().map(Workshop::brand).distinct().toList();
        List<Plan.Member> parties = new ArrayList<>();
        for (PartyId dealer :
                workshops.stream().map(one -> one.dealer().party()).distinct().toList()) {
            parties.add(member(dealer));
        }
        parties.add(new Plan.Member(CENTRE, Plan.Role.CENTRE, brands, "de", any));
        KeyPair key = sshKeyPair;
        if (key != null) {
            parties.add(new Plan.Member(
                    ARCHIVE, Plan.Role.ARCHIVE, List.of(OPEL), "de", any, PublicKeyEntry.toString(key.getPublic())));
        }
        if (hasPrices) {
            parties.add(new Plan.Member(MAKER, Plan.Role.MANUFACTURER, List.of(OPEL), "de", any));
        }
        var listen =
                new Plan.Listen(free(), free(), free(), sshKeyPair == null ? null : free(), hasConsole ? free() : null);
        return new Plan(Plan.HUB, listen, root, RETRY_LONGEST, parties);
    }

    private Plan.Member member(PartyId dealer) throws IOException {
        List<Workshop> own = workshops.stream()
                .filter(workshop -> workshop.dealer().party().equals(dealer))
                .toList();
        Workshop first = own.getFirst();
        String country = first.dealer().country().toLowerCase(Locale.ROOT);
        KeyPair key = first.door() instanceof SftpDoor ? sshKeyPair : null;
        return new Plan.Member(
                dealer,
                Plan.Role.DEALER,
                own.stream().map(Workshop::brand).toList(),
                country,
                free(),
                key == null ? null : PublicKeyEntry.toString(key.getPublic()));
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
