package aiguillage.simulation.world;

import aiguillage.hub.routing.Table;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.proof.LedgerKey;
import aiguillage.simulation.check.Paths;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who is there, and the hubs' routing tables. The same in every run.
final class Scene {

    static final PartyId OPEL_HUB = new PartyId("opel-hub");
    static final PartyId CITROEN_HUB = new PartyId("citroen-hub");
    static final String DEALER_7 = "dealer-7";
    static final String DEALER_8 = "dealer-8";
    static final String OPEL_CENTRE = "opel-centre";
    static final String OPEL_AUDIT = "opel-audit";
    static final String CITROEN_CENTRE = "citroen-centre";
    static final String SHOP = "parts-shop";

    /// Who may read datasets.
    static final List<PartyId> LIST_READERS = List.of(new PartyId(DEALER_7), new PartyId(DEALER_8));

    /// What they may see of them at first.
    static final Map<String, String> CONTRACTS = Map.of(DEALER_7, "*", DEALER_8, "country=de");

    static final String CLAIM = "warranty-claim";
    static final String DECISION = "warranty-decision";
    static final String ORDER = "parts-order";

    private static final Duration LONG = Duration.ofDays(14);
    private static final Duration SHORT = Duration.ofSeconds(20);
    private static final Set<String> ENDS = Set.of("delivered", "rejected", "expired", "returned");

    static final Table OPEL = Table.read("opel.yaml", """
        brands:
          opel: { text: Opel }
        parties:
          dealer-7: { roles: [dealer], brands: [opel], region: eu }
          dealer-8: { roles: [dealer], brands: [opel], region: eu }
          parts-shop: { roles: [shop], brands: [opel], region: eu }
          opel-centre: { roles: [warranty-centre], brands: [opel], region: eu }
          opel-audit: { roles: [auditor], brands: [opel], region: eu }
        flows:
          opel/warranty-claim:
            from: dealer
            to: opel-centre
            copies: [opel-audit]
          opel/warranty-decision:
            from: warranty-centre
            to: { recipient: dealer }
            notices: []
          opel/parts-order:
            from: [dealer, shop]
            to: opel-audit
            offered-for: 20s
            kept-for: 60s
            notices: [expired]
        """);

    static final Table CITROEN = Table.read("citroen.yaml", """
        brands:
          citroen: { text: Citroën }
        parties:
          dealer-7: { roles: [dealer], brands: [citroen], region: eu }
          parts-shop: { roles: [shop], brands: [citroen], region: eu }
          citroen-centre: { roles: [warranty-centre], brands: [citroen], region: eu }
        flows:
          citroen/warranty-claim:
            from: [dealer, shop]
            to: citroen-centre
            notices: [rejected, returned]
        """);

    static final Paths PATHS = new Paths(Map.of(
            "opel/warranty-claim", new Paths.Way(List.of(OPEL_CENTRE), Set.of(OPEL_AUDIT), LONG, ENDS),
            "opel/warranty-decision", new Paths.Way(List.of(), Set.of(), LONG, Set.of()),
            "opel/parts-order", new Paths.Way(List.of(OPEL_AUDIT), Set.of(), SHORT, Set.of("expired")),
            "citroen/warranty-claim",
                    new Paths.Way(List.of(CITROEN_CENTRE), Set.of(), LONG, Set.of("rejected", "returned"))));

    static final LedgerKey OPEL_KEY = LedgerKey.generate("opel-hub/ledger", new Counted(1));
    static final LedgerKey CITROEN_KEY = LedgerKey.generate("citroen-hub/ledger", new Counted(2));

    private Scene() {}

    /// Gives the same key in every process; nothing secret is signed with it.
    private static final class Counted extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte first;

        Counted(int first) {
            this.first = (byte) first;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (first + i);
            }
        }
    }
}
