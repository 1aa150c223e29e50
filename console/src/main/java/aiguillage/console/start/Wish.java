package aiguillage.console.start;

import aiguillage.console.web.Visit;
import aiguillage.hub.directory.Country;
import aiguillage.hub.directory.Region;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.Brand;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;

/// A brand to begin with: its name, a dealer, and the centre that reads the dealer's claims.
///
/// @param name of the brand, as people read it
/// @param country of the dealer
/// @param centreCountry of the centre
/// @param region where both keep what they read
record Wish(
        Brand brand,
        String name,
        PartyId dealer,
        Country country,
        PartyId centre,
        Country centreCountry,
        Region region) {

    private static final int NAME_CHARS_MAX = 100;

    /// What was filled in.
    ///
    /// @throws Refused when a field is missing, or cannot be what it is to be
    static Wish of(Visit visit) {
        String name = visit.required("name");
        if (name.length() > NAME_CHARS_MAX || name.chars().anyMatch(Character::isISOControl)) {
            throw visit.words().refused(Problem.BAD_REQUEST, "start.name.long", NAME_CHARS_MAX);
        }
        Wish wish;
        try {
            wish = new Wish(
                    new Brand(visit.required("brand")),
                    name,
                    new PartyId(visit.required("dealer")),
                    new Country(visit.required("country")),
                    new PartyId(visit.required("centre")),
                    new Country(visit.required("centre-country")),
                    new Region(visit.required("region")));
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.BAD_REQUEST, e.getMessage() + ".");
        }
        if (wish.dealer.equals(wish.centre)) {
            throw visit.words().refused(Problem.BAD_REQUEST, "start.same");
        }
        return wish;
    }

    FlowName claims() {
        return new FlowName(brand, "warranty-claim");
    }

    FlowName decisions() {
        return new FlowName(brand, "warranty-decision");
    }
}
