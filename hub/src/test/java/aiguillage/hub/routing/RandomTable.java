package aiguillage.hub.routing;

import aiguillage.protocol.Envelope;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Small tables made by chance: about half of them are refused.
final class RandomTable {

    private static final int PARTIES = 8;

    private RandomTable() {}

    /// A table with the flow `opel/x`, held within the region `eu`.
    static String text(Random random) {
        String parties = IntStream.range(0, PARTIES)
                .mapToObj(i -> "  p%d: { roles: [%s], brands: [opel], country: %s, region: %s }\n"
                        .formatted(
                                i,
                                "r" + (i < 2 ? i : random.nextInt(3)),
                                random.nextBoolean() ? "fr" : "de",
                                random.nextInt(12) == 0 ? "us" : "eu"))
                .collect(Collectors.joining());
        int split = 2000 + random.nextInt(30);
        return "brands: { opel: { text: Opel } }\nparties:\n" + parties
                + """
                flows:
                  opel/x:
                    from: [r0, r1]
                    region: eu
                    routes:
                      - { when: { country: fr, modelyear: 2000..%d }, to: %s }
                      - { when: { country: [de], modelyear: 2000..2030 }, to: %s }
                      - { when: { country: fr, modelyear: %d..2030 }, to: %s }
                      - { otherwise: true, to: %s }
                """.formatted(split - 1, target(random), target(random), split, target(random), target(random))
                        .replace("2000..1999", "1990..1999");
    }

    static Envelope document(Random random) {
        return Tables.document(
                "p" + random.nextInt(PARTIES),
                "opel/x",
                "country",
                random.nextBoolean() ? "fr" : "de",
                "modelyear",
                Integer.toString(1995 + random.nextInt(40)),
                "recipient",
                "p" + random.nextInt(PARTIES + 1));
    }

    private static String target(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> "p" + random.nextInt(PARTIES);
            case 1 -> "{ role: r" + random.nextInt(2) + " }";
            default -> "{ recipient: r" + random.nextInt(2) + " }";
        };
    }
}
