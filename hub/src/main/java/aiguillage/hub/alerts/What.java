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

    /// As it is written.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException when it is none of these
    public static What of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
