package aiguillage.hub.alerts;

import java.util.Locale;

/// What a rule watches; its limit is in the unit that is named.
public enum What {
    /// The oldest delivery waits longer than so many minutes.
    WAITING(true),
    /// A party that was there has been silent for so many minutes.
    SILENT(true),
    /// More than so many refusals in ten minutes.
    REFUSED(true),
    /// A party's last certificate ends within so many days.
    CERTIFICATE(true),
    /// Less than so many megabytes are free on the disk.
    DISK(false),
    /// More than so many deliveries are in quarantine.
    QUARANTINE(true),
    /// The newest version of a dataset is older than so many hours.
    DATASET(true);

    private final boolean isOfBrands;

    What(boolean isOfBrands) {
        this.isOfBrands = isOfBrands;
    }

    /// Whether it can be watched for one brand.
    public boolean isOfBrands() {
        return isOfBrands;
    }

    /// The condition, for people.
    ///
    /// @param limit as it is shown
    public String condition(String limit, Language language) {
        return switch (language) {
            case EN ->
                switch (this) {
                    case WAITING -> "a delivery waits longer than " + limit + " minutes";
                    case SILENT -> "a party has been silent for " + limit + " minutes";
                    case REFUSED -> "more than " + limit + " refusals in ten minutes";
                    case CERTIFICATE -> "a certificate ends within " + limit + " days";
                    case DISK -> "less than " + limit + " MB free on the disk";
                    case QUARANTINE -> "more than " + limit + " deliveries in quarantine";
                    case DATASET -> "no new version of a dataset for " + limit + " hours";
                };
            case FR ->
                switch (this) {
                    case WAITING -> "une remise attend depuis plus de " + limit + " minutes";
                    case SILENT -> "une partie est silencieuse depuis " + limit + " minutes";
                    case REFUSED -> "plus de " + limit + " refus en dix minutes";
                    case CERTIFICATE -> "un certificat expire sous " + limit + " jours";
                    case DISK -> "moins de " + limit + " Mo libres sur le disque";
                    case QUARANTINE -> "plus de " + limit + " remises en quarantaine";
                    case DATASET -> "pas de nouvelle version d'un jeu de données depuis " + limit + " heures";
                };
        };
    }

    /// As it is written.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException when it is none of these
    public static What of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
