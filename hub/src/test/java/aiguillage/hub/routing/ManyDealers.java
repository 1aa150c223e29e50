package aiguillage.hub.routing;

/// A table as large as the largest we know: 6,500 dealers on one hub.
final class ManyDealers {

    private ManyDealers() {}

    static String table(int dealers) {
        var text = new StringBuilder("""
                brands:
                  opel: { text: Opel }
                  citroen: { text: Citroën }
                parties:
                  opel-centre: { roles: [warranty-centre], brands: [opel], country: de, region: eu }
                """);
        for (int i = 0; i < dealers; i++) {
            text.append("  dealer-%d: { roles: [dealer], brands: [opel, citroen], country: %s, region: eu }\n"
                    .formatted(i, i % 2 == 0 ? "fr" : "de"));
        }
        return text.append("""
                flows:
                  opel/warranty-claim:
                    from: dealer
                    routes:
                      - { when: { country: fr, modelyear: 2020..2026 }, to: opel-centre }
                      - { otherwise: true, to: opel-centre }
                    region: eu
                  opel/price-list: { from: warranty-centre, to: { role: dealer } }
                  opel/decision: { from: warranty-centre, to: { recipient: dealer } }
                """).toString();
    }
}
