package aiguillage.app.start;

import aiguillage.app.warranty.ClaimLines;
import aiguillage.app.warranty.WarrantyDocuments;
import aiguillage.hub.routing.FlowsLines;
import aiguillage.protocol.Brand;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A flows file: for each brand, claims from dealers to the centre and its decisions back.
final class FlowsText {

    private static final String REGION = "eu";

    private final Plan plan;

    FlowsText(Plan plan) {
        this.plan = plan;
    }

    String yaml() {
        return """
                # Who may send what to whom. Check it with `aiguillage flows check`, see what it would change with
                # `aiguillage flows diff`, put it into force with `aiguillage flows apply`.

                # The brands whose documents pass this hub.
                brands:
                %s
                # Everybody who may send or read documents. Roles are words of your own.
                parties:
                %s
                # The kinds of document and where they go.
                flows:
                %s
                # Lists that are published as a whole and held exactly by each reader, such as prices.%s
                %s""".formatted(brands(), parties() + publisher(), flows(), hint(), dataset());
    }

    /// Who publishes prices from the start, if anybody does.
    private Optional<Plan.Member> manufacturer() {
        return plan.parties().stream()
                .filter(party -> party.role() == Plan.Role.MANUFACTURER)
                .findFirst();
    }

    private Brand publishedBrand() {
        return manufacturer()
                .map(party -> party.brands().getFirst())
                .orElse(plan.brands().getFirst());
    }

    private String hint() {
        return manufacturer().isPresent() ? "" : """
                 Take the `#` away
                # below, and from the party above, to have one (docs/datasets.md).""";
    }

    /// The first brand's manufacturer, for whoever takes the `#` away.
    private String publisher() {
        if (manufacturer().isPresent()) {
            return "";
        }
        Brand brand = publishedBrand();
        return """
                #  %1$s:
                #    roles: [manufacturer]
                #    brands: [%1$s]
                #    region: eu
                """.formatted(brand);
    }

    private String dataset() {
        String dataset = """
                datasets:
                  %s/parts-prices:
                    from: manufacturer
                    to: dealer
                    region: eu
                    columns:
                      - { name: part, key: true }
                      - { name: description, language: fr }
                      - { name: price, type: decimal, currency: EUR, required: true, sensitive: true }
                    csv: { actions: { column: action } }
                    guards: { least: { price: 0.01 }, removed-max: 25, changed-max: { price: 30 } }
                    marks: { texts: [description], prices: [price] }
                """.formatted(publishedBrand());
        return manufacturer().isPresent()
                ? dataset
                : dataset.lines().map(line -> "#" + line + "\n").collect(Collectors.joining());
    }

    private String brands() {
        return plan.brands().stream()
                .flatMap(brand -> FlowsLines.brand(brand, FlowsLines.name(brand)).stream())
                .map(FlowsText::indented)
                .collect(Collectors.joining());
    }

    private String parties() {
        return plan.parties().stream().map(FlowsText::party).collect(Collectors.joining());
    }

    private static String indented(String line) {
        return "  " + line + "\n";
    }

    private static String party(Plan.Member party) {
        var lines = new ArrayList<>(FlowsLines.party(
                party.id(), party.role().name().toLowerCase(Locale.ROOT), party.brands(), party.country(), REGION));
        if (party.sshKey() != null) {
            lines.add("  ssh-keys: \"" + party.sshKey() + "\"");
        }
        if (party.role() == Plan.Role.ARCHIVE) {
            lines.add("  flat: { " + party.brands().getFirst() + "/warranty-claim: " + ClaimLines.FORMAT + " }");
        }
        return lines.stream().map(FlowsText::indented).collect(Collectors.joining());
    }

    private String flows() {
        return plan.brands().stream().map(this::flows).collect(Collectors.joining());
    }

    private String flows(Brand brand) {
        Plan.Member centre = plan.parties().stream()
                .filter(party ->
                        party.role() == Plan.Role.CENTRE && party.brands().contains(brand))
                .findFirst()
                .orElseThrow();
        var lines = new ArrayList<String>();
        lines.add(
                "# A dealer claims; the centre reads. The hub refuses what its schema does not allow, and finds claims");
        lines.add("# by their number and by the vehicle's VIN (`aiguillage where`).");
        lines.addAll(FlowsLines.claims(brand, centre.id(), REGION, WarrantyDocuments.CLAIM));
        plan.archive().ifPresent(archive -> {
            lines.add("  copies: [" + archive.id() + "]");
            lines.add("  flat: " + ClaimLines.FORMAT);
        });
        lines.add("# The centre answers the dealer whom the document names as its recipient.");
        lines.addAll(FlowsLines.decisions(brand, REGION, WarrantyDocuments.DECISION));
        return lines.stream().map(FlowsText::indented).collect(Collectors.joining());
    }
}
