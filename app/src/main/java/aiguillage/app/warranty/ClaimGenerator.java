package aiguillage.app.warranty;

import aiguillage.protocol.Brand;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Writes warranty claims as a dealer's DMS would: the same seed, dealer, brand and number give the same bytes, on
/// any machine. Safe from any thread.
///
/// One in ten claims is outside the warranty and two in ten ask for too much, so that a warranty centre has
/// something to decide.
public final class ClaimGenerator {

    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 5);
    private static final int DAYS = 180;
    private static final int WARRANTY_DAYS = 3 * 365;
    private static final int MODEL_YEAR = 2024;
    private static final int NUMBER_MAX = 999_999;
    private static final String VIN_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ";
    private static final List<String> MODELS = List.of("Lyre", "Altair", "Mira", "Vesper");
    private static final BigDecimal HOURLY_RATE = new BigDecimal("92.00");

    private final long seed;
    private final Template claim = Template.named("claim.template.xml");
    private final Template job = Template.named("claim-job.template.xml");
    private final Template part = Template.named("claim-part.template.xml");

    public ClaimGenerator(long seed) {
        this.seed = seed;
    }

    /// Writes one claim.
    ///
    /// @param number counts a dealer's claims for a brand from 1; below 1,000,000
    public Generated claim(Dealer dealer, Brand brand, int number) {
        if (number < 1 || number > NUMBER_MAX) {
            throw new IllegalArgumentException("claims are numbered from 1 to " + NUMBER_MAX + ", not " + number);
        }
        var random = new SplittableRandom(
                seed ^ (number * 0x9e3779b97f4a7c15L + (dealer.number() + brand.value()).hashCode()));
        String claimNumber =
                "W-%s-%s-%06d".formatted(dealer.number(), brand.value().toUpperCase(Locale.ROOT), number);
        String vin = Vin.of(maker(brand), vehicle(random), MODEL_YEAR, 'A', number);
        Kind kind = Kind.drawn(random);

        var values = new HashMap<>(dealer(dealer));
        values.putAll(visit(kind, random));
        values.put("claim", claimNumber);
        values.put(
                "order",
                "RO-%s-%s-%06d".formatted(dealer.number(), brand.value().toUpperCase(Locale.ROOT), number));
        values.put(
                "bod",
                UUID.nameUUIDFromBytes(claimNumber.getBytes(StandardCharsets.UTF_8))
                        .toString());
        values.put("vin", vin);
        values.put("year", Integer.toString(MODEL_YEAR));
        values.put(
                "make",
                brand.value().substring(0, 1).toUpperCase(Locale.ROOT)
                        + brand.value().substring(1));
        values.put("model", MODELS.get(random.nextInt(MODELS.size())));
        values.putAll(jobs(kind, dealer, random));
        return new Generated(claimNumber, vin, claim.filled(values).getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> dealer(Dealer dealer) {
        return Map.ofEntries(
                Map.entry("dealer", dealer.number()),
                Map.entry("party", dealer.party().value()),
                Map.entry("host", "dms." + dealer.party() + ".example"),
                Map.entry("dms", "DMS 8.2"),
                Map.entry("company", dealer.company()),
                Map.entry("street", dealer.street()),
                Map.entry("postcode", dealer.postcode()),
                Map.entry("city", dealer.city()),
                Map.entry("country", dealer.country()),
                Map.entry("language", dealer.language().getLanguage()),
                Map.entry("locale", locale(dealer)));
    }

    /// STAR lists the locales it allows; of those in English, only `en-US` and `en-CA`.
    private static String locale(Dealer dealer) {
        String language = dealer.language().getLanguage();
        return language.equals("en") ? "en-US" : language + "-" + dealer.country();
    }

    private static Map<String, String> visit(Kind kind, RandomGenerator random) {
        LocalDate opened = FIRST_DAY.plusDays(random.nextInt(DAYS));
        LocalDate completed = opened.plusDays(random.nextInt(3));
        int age = kind == Kind.EXPIRED ? WARRANTY_DAYS + random.nextInt(1, 90) : random.nextInt(60, 700);
        LocalDate sold = opened.minusDays(age);
        int distance = kind == Kind.FAR_DRIVEN ? random.nextInt(100_500, 160_000) : random.nextInt(900, 88_000);
        return Map.of(
                "opened", opened.toString(),
                "completed", completed.toString(),
                "created",
                        completed
                                + "T%02d:%02d:%02dZ"
                                        .formatted(random.nextInt(7, 18), random.nextInt(60), random.nextInt(60)),
                "sold", sold.toString(),
                "expires", sold.plusDays(WARRANTY_DAYS).toString(),
                "in", Integer.toString(distance),
                "out", Integer.toString(distance + random.nextInt(1, 12)),
                "rate", HOURLY_RATE.toString());
    }

    /// One repair, and in one of four claims a small one besides. Texts at the head of the claim are those of the
    /// first.
    private Map<String, String> jobs(Kind kind, Dealer dealer, RandomGenerator random) {
        Repair first = kind == Kind.COSTLY ? Repair.COSTLY : Repair.COMMON.get(random.nextInt(Repair.COMMON.size()));
        var repairs = new ArrayList<>(List.of(first));
        if (kind != Kind.COSTLY && random.nextInt(4) == 0) {
            repairs.add(Repair.SMALL);
        }
        var written = new StringBuilder();
        BigDecimal labour = BigDecimal.ZERO;
        BigDecimal parts = BigDecimal.ZERO;
        for (Repair repair : repairs) {
            BigDecimal hours = repair.allowed()
                    .add(kind == Kind.SLOW ? BigDecimal.valueOf(random.nextInt(4, 30), 1) : BigDecimal.ZERO);
            written.append(job(repair, written.isEmpty() ? 1 : 2, hours, dealer, random));
            labour = labour.add(hours.multiply(HOURLY_RATE));
            parts = parts.add(repair.partsAmount());
        }
        Repair.Words words = first.in(dealer.language());
        return Map.of(
                "defect", first.defect(),
                "item", first.parts().getFirst().item(),
                "cause", words.cause(),
                "complaint", words.complaint(),
                "correction", words.correction(),
                "labour", money(labour),
                "parts", money(parts),
                "total", money(labour.add(parts)),
                "jobs", written.toString());
    }

    private String job(Repair repair, int number, BigDecimal hours, Dealer dealer, RandomGenerator random) {
        Repair.Words words = repair.in(dealer.language());
        String language = dealer.language().getLanguage();
        String parts = repair.parts().stream()
                .map(each -> part.filled(Map.of(
                        "item", each.item(),
                        "description", words.part(),
                        "quantity", "1",
                        "price", money(each.price()),
                        "language", language)))
                .collect(Collectors.joining("\n"));
        return job.filled(Map.of(
                "job", Integer.toString(number),
                "defect", repair.defect(),
                "operation", repair.operation(),
                "correction", words.correction(),
                "cause", words.cause(),
                "language", language,
                "allowed", repair.allowed().toString(),
                "hours", hours.toString(),
                "technician", "T-%03d".formatted(random.nextInt(1, 40)),
                "parts", parts));
    }

    private static String money(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_UP).toString();
    }

    /// Invented: no manufacturer has a code that begins with ZX, and brands differ in the third character.
    private static String maker(Brand brand) {
        return "ZX" + VIN_LETTERS.charAt(Math.floorMod(brand.value().hashCode(), VIN_LETTERS.length()));
    }

    private static String vehicle(RandomGenerator random) {
        return random.ints(5, 0, VIN_LETTERS.length())
                .mapToObj(i -> VIN_LETTERS.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    /// What a claim gives a centre to decide.
    private enum Kind {
        PLAIN,
        SLOW,
        COSTLY,
        EXPIRED,
        FAR_DRIVEN;

        static Kind drawn(RandomGenerator random) {
            int percent = random.nextInt(100);
            if (percent < 70) {
                return PLAIN;
            }
            if (percent < 84) {
                return SLOW;
            }
            if (percent < 90) {
                return COSTLY;
            }
            return percent < 95 ? EXPIRED : FAR_DRIVEN;
        }
    }

    /// A claim with what a test or a search wants to find again.
    public static final class Generated {
        private final String number;
        private final String vin;
        private final byte[] xml;

        private Generated(String number, String vin, byte[] xml) {
            this.number = number;
            this.vin = vin;
            this.xml = xml;
        }

        /// Unique per dealer and brand.
        public String number() {
            return number;
        }

        /// The vehicle's, with a correct check digit.
        public String vin() {
            return vin;
        }

        /// A STAR `ProcessWarrantyClaim` in UTF-8, 2 to 6 kB.
        public byte[] xml() {
            return xml.clone();
        }
    }
}
