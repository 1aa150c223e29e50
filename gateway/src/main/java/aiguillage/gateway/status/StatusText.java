package aiguillage.gateway.status;

import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/// A status in plain words: French for a French locale, English for every other.
public final class StatusText {

    /// A status is written every few seconds; one older than this comes from a gateway that was killed or
    /// hangs.
    public static final Duration STALE_AFTER = Duration.ofMinutes(1);

    private static final String BUNDLE = "aiguillage.gateway.status.words";
    /// With fewer days left than this, a certificate should have been renewed.
    public static final long CERTIFICATE_DAYS_TO_WORRY = 14;

    private static final Duration MINUTES_UNTIL = Duration.ofHours(2);
    private static final Duration HOURS_UNTIL = Duration.ofDays(2);

    private final ResourceBundle words;
    private final Locale locale;

    public StatusText(Locale locale) {
        this.locale = locale.getLanguage().equals("fr") ? Locale.FRENCH : Locale.ENGLISH;
        this.words = ResourceBundle.getBundle(
                BUNDLE,
                this.locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /// The whole status, some lines.
    ///
    /// @param now what "for 3 hours" counts from
    public String of(GatewayStatus status, Instant now) {
        var text = new StringBuilder();
        line(text, head(status, now), status.party(), age(status.at(), now));
        for (GatewayStatus.HubStatus hub : status.hubs()) {
            if (hub.connectedSince() == null) {
                line(text, "hub.not-connected", hub.name(), hub.address());
            } else {
                line(text, "hub.connected", hub.name(), hub.address(), age(hub.connectedSince(), now));
            }
        }
        for (GatewayStatus.BrandStatus brand : status.brands()) {
            up(text, brand, now);
            boolean many = brand.waitingDown() >= GatewayStatus.BrandStatus.WAITING_DOWN_MAX;
            line(text, many ? "brand.down.many" : "brand.down", brand.name(), brand.waitingDown());
        }
        for (GatewayStatus.DatasetStatus dataset : status.datasets()) {
            dataset(text, dataset);
        }
        certificate(text, status);
        boolean connected = status.hubs().stream().allMatch(hub -> hub.connectedSince() != null);
        if (status.troubles().isEmpty() && connected && head(status, now).equals("head.running")) {
            line(text, "troubles.none");
        }
        for (GatewayStatus.TroubleStatus trouble : status.troubles()) {
            line(text, "trouble." + trouble.kind(), trouble.where(), age(trouble.since(), now));
            line(text, "remedy." + trouble.kind());
            line(text, "trouble.detail", trouble.detail());
        }
        return text.toString();
    }

    /// What does not work, one sentence.
    public String trouble(GatewayStatus.TroubleStatus trouble, Instant now) {
        return plain(said("trouble." + trouble.kind(), trouble.where(), age(trouble.since(), now)));
    }

    /// What to do about it.
    public String remedy(GatewayStatus.TroubleStatus trouble) {
        return plain(said("remedy." + trouble.kind()));
    }

    /// Without what makes a line of a list of it.
    private static String plain(String line) {
        return (line.startsWith("!") ? line.substring(1) : line).strip();
    }

    /// For how long something is so, as "3 hours".
    public String lasting(@Nullable String since, Instant now) {
        return age(since, now);
    }

    private static String head(GatewayStatus status, Instant now) {
        if (!status.running()) {
            return "head.stopped";
        }
        boolean stale = Instant.parse(status.at()).plus(STALE_AFTER).isBefore(now);
        return stale ? "head.stale" : "head.running";
    }

    private void up(StringBuilder text, GatewayStatus.BrandStatus brand, Instant now) {
        if (brand.waitingUp() == 0 || brand.oldestUp() == null) {
            line(text, "brand.up.none", brand.name());
        } else {
            line(text, "brand.up", brand.name(), brand.waitingUp(), age(brand.oldestUp(), now));
        }
    }

    private void dataset(StringBuilder text, GatewayStatus.DatasetStatus dataset) {
        String stale = dataset.stale();
        String version = Long.toString(dataset.version()); // a name, not a count: no thousands separator
        if (stale == null) {
            line(text, "dataset.good", dataset.name(), version, String.valueOf(dataset.effective()));
        } else {
            line(text, "dataset.stale." + stale, dataset.name(), version);
        }
    }

    private void certificate(StringBuilder text, GatewayStatus status) {
        String until = status.certificateUntil();
        if (until == null) {
            line(text, "certificate.none");
        } else {
            long days = status.certificateDaysLeft();
            String key = days < 0 ? "ended" : days <= CERTIFICATE_DAYS_TO_WORRY ? "soon" : "good";
            line(text, "certificate." + key, Math.abs(days), until);
        }
    }

    private String age(@Nullable String since, Instant now) {
        Duration age = since == null ? Duration.ZERO : Duration.between(Instant.parse(since), now);
        if (age.compareTo(HOURS_UNTIL) >= 0) {
            return said("age.days", age.toDays());
        }
        if (age.compareTo(MINUTES_UNTIL) >= 0) {
            return said("age.hours", age.toHours());
        }
        long minutes = Math.max(0, age.toMinutes());
        return minutes > 0 ? said("age.minutes", minutes) : said("age.seconds", Math.max(0, age.toSeconds()));
    }

    private void line(StringBuilder text, String key, Object... values) {
        text.append(said(key, values)).append('\n');
    }

    private String said(String key, Object... values) {
        return new MessageFormat(words.getString(key), locale).format(values);
    }
}
