package aiguillage.app.warranty;

import aiguillage.protocol.PartyId;
import java.util.Locale;

/// An invented dealer who makes claims.
///
/// @param number the dealer's number at the manufacturers
/// @param language of the workshop's texts: French, German or English
/// @param country two letters
public record Dealer(
        PartyId party,
        String number,
        String company,
        String street,
        String postcode,
        String city,
        Locale language,
        String country) {

    /// A French dealer.
    public static Dealer french(PartyId party) {
        return new Dealer(
                party,
                "04821",
                "Garage des Tilleuls SARL",
                "3 allée des Tilleuls",
                "21999",
                "Valbrune",
                Locale.FRENCH,
                "FR");
    }

    /// A German dealer.
    public static Dealer german(PartyId party) {
        return new Dealer(
                party, "73650", "Autohaus Lindenhof GmbH", "Mühlweg 17", "99999", "Neuenbrück", Locale.GERMAN, "DE");
    }

    /// A second French dealer.
    public static Dealer breton(PartyId party) {
        return new Dealer(
                party,
                "06137",
                "Garage du Phare SA",
                "12 quai des Brumes",
                "29999",
                "Port-Kervel",
                Locale.FRENCH,
                "FR");
    }

    /// A dealer who writes English.
    public static Dealer english(PartyId party) {
        return new Dealer(
                party,
                "51207",
                "Harbour & Sons Motors Ltd",
                "8 Quayside Road",
                "D99 X000",
                "Portmarra",
                Locale.ENGLISH,
                "IE");
    }
}
