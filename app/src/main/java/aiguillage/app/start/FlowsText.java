package aiguillage.app.start;

import aiguillage.app.warranty.ClaimLines;
import aiguillage.app.warranty.WarrantyDocuments;
import aiguillage.protocol.Brand;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A flows file: for each brand, claims from dealers to the centre and its decisions back.
final class FlowsText {

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
                .map(brand -> "  " + brand + ": { text: " + text(brand) + " }\n")
                .collect(Collectors.joining());
    }

    private static String text(Brand brand) {
        return brand.value().substring(0, 1).toUpperCase(Locale.ROOT)
                + brand.value().substring(1);
    }

    private String parties() {
        return plan.parties().stream().map(FlowsText::party).collect(Collectors.joining());
    }

    /// In lines of their own, so that what guides add to a party goes below its name.
    private static String party(Plan.Member party) {
        var text = new StringBuilder("""
                %s:
                  roles: [%s]
                  brands: [%s]
                  country: %s
                  region: eu
                """.formatted(
                        party.id(),
                        party.role().name().toLowerCase(Locale.ROOT),
                        party.brands().stream().map(Brand::value).collect(Collectors.joining(", ")),
                        party.country())
                .indent(2));
        if (party.sshKey() != null) {
            text.append("    ssh-keys: \"" + party.sshKey() + "\"\n");
        }
        if (party.role() == Plan.Role.ARCHIVE) {
            text.append("    flat: { " + party.brands().getFirst() + "/warranty-claim: " + ClaimLines.FORMAT + " }\n");
        }
        return text.toString();
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
        return """
                  # A dealer claims; the centre reads. The hub refuses what its schema does not allow, and finds claims
                  # by their number and by the vehicle's VIN (`aiguillage where`).
                  %1$s/warranty-claim:
                    from: dealer
                    to: %2$s
                    region: eu
                    payload-max: 1MB
                    schema: %3$s
                    bod: ProcessWarrantyClaim
                %9$s    keys:
                      claim-number: %5$s
                      vin: %6$s
                  # The centre answers the dealer whom the document names as its recipient.
                  %1$s/warranty-decision:
                    from: centre
                    to: { recipient: dealer }
                    region: eu
                    payload-max: 1MB
                    schema: %4$s
                    bod: ShowServiceProcessingAdvisory
                    keys:
                      claim-number: %7$s
                      vin: %8$s
                """.formatted(
                brand,
                centre.id(),
                WarrantyDocuments.CLAIM_SCHEMA,
                WarrantyDocuments.DECISION_SCHEMA,
                WarrantyDocuments.CLAIM_NUMBER_IN_CLAIM,
                WarrantyDocuments.VIN_IN_CLAIM,
                WarrantyDocuments.CLAIM_NUMBER_IN_DECISION,
                WarrantyDocuments.VIN_IN_DECISION,
                plan.archive()
                        .map(archive -> "    copies: [" + archive.id() + "]\n    flat: " + ClaimLines.FORMAT + "\n")
                        .orElse(""));
    }
}
