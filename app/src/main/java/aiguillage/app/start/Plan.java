package aiguillage.app.start;

import aiguillage.config.Address;
import aiguillage.pki.Fingerprint;
import aiguillage.protocol.Brand;
import aiguillage.protocol.PartyId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a starting configuration is written for.
///
/// @param hub the hub's name
/// @param listen the hub's listeners
/// @param fingerprint of the hub's root, when it is known: gateways then enrol at their first start, with a
///     code from `code.txt`; otherwise with `aiguillage gateway enrol`
/// @param retryLongest how long gateways wait at most before they try the hub again
/// @param parties each gets a flows entry and a gateway's folder
public record Plan(
        PartyId hub, Listen listen, @Nullable Fingerprint fingerprint, Duration retryLongest, List<Member> parties) {

    public static final PartyId HUB = new PartyId("hub.example");
    public static final PartyId DEALER = new PartyId("dealer-7");
    public static final PartyId CENTRE = new PartyId("warranty-centre");
    public static final Brand BRAND = new Brand("opel");
    private static final Duration RETRY_LONGEST = Duration.ofSeconds(30);

    public Plan {
        parties = List.copyOf(parties);
    }

    /// The listeners of the hub.
    ///
    /// @param sftp the SFTP door, and then STAR's and AS4's are open, too; null: all three are closed
    /// @param console the pages for people; null: there are none
    public record Listen(
            Address main,
            Address enrolment,
            Address operations,
            @Nullable Address sftp,
            @Nullable Address console) {}

    /// What a party does.
    public enum Role {
        DEALER,
        CENTRE,
        /// Has a copy of every claim, as flat files.
        ARCHIVE,
        /// Publishes the prices of its first brand.
        MANUFACTURER
    }

    /// A party.
    ///
    /// @param country two letters
    /// @param door where its gateway's local door answers
    /// @param sshKey with which it comes to the SFTP door, as in a `.pub` file; null: it does not
    public record Member(
            PartyId id,
            Role role,
            List<Brand> brands,
            String country,
            Address door,
            @Nullable String sshKey) {
        public Member {
            brands = List.copyOf(brands);
        }

        /// One that puts no files.
        public Member(PartyId id, Role role, List<Brand> brands, String country, Address door) {
            this(id, role, brands, country, door, null);
        }
    }

    /// One dealer and one warranty centre of one brand.
    public static Plan smallest(Listen listen) {
        return new Plan(
                HUB,
                listen,
                null,
                RETRY_LONGEST,
                List.of(
                        new Member(DEALER, Role.DEALER, List.of(BRAND), "fr", new Address("127.0.0.1", 8480)),
                        new Member(CENTRE, Role.CENTRE, List.of(BRAND), "de", new Address("127.0.0.1", 8481))));
    }

    /// Who has a copy of every claim, if anybody.
    public Optional<Member> archive() {
        return parties.stream().filter(party -> party.role() == Role.ARCHIVE).findFirst();
    }

    /// The brands of all parties, in order of their names.
    List<Brand> brands() {
        return parties.stream()
                .flatMap(party -> party.brands().stream())
                .distinct()
                .sorted()
                .toList();
    }
}
