package aiguillage.gateway.page;

import aiguillage.gateway.replica.Freshness;
import aiguillage.gateway.replica.KeptReplica;
import aiguillage.gateway.status.GatewayStatus;
import aiguillage.gateway.status.GatewayStatus.BrandStatus;
import aiguillage.gateway.status.GatewayStatus.DatasetStatus;
import aiguillage.gateway.status.GatewayStatus.HubStatus;
import aiguillage.gateway.status.GatewayStatus.TroubleStatus;
import aiguillage.gateway.status.StatusText;
import aiguillage.gateway.status.Trouble.Kind;
import aiguillage.protocol.Brand;
import aiguillage.protocol.DatasetName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `/`: is all well, since when not, and what to do first.
final class OverviewPage {

    static final int FAILURES_MAX = 100;

    private static final Duration UP_WARNS = Duration.ofMinutes(5);
    private static final Duration UP_BAD = Duration.ofHours(4);
    private static final Duration DOWN_WARNS = Duration.ofHours(1);
    private static final Duration DOWN_BAD = Duration.ofDays(1);

    /// What stands between this gateway and a hub.
    private static final Set<Kind> OF_LINE = Set.of(
            Kind.HUB_UNREACHABLE,
            Kind.HUB_NOT_SECURE,
            Kind.HUB_ASKS_TO_WAIT,
            Kind.HUB_REFUSES,
            Kind.PARTY_SUSPENDED,
            Kind.PARTY_UNKNOWN,
            Kind.CLOCK_WRONG,
            Kind.PROXY_UNREACHABLE,
            Kind.PROXY_REFUSES);

    /// What a restart of a hub, or a line that flickers, looks like at first.
    private static final Set<Kind> MAY_PASS =
            Set.of(Kind.HUB_UNREACHABLE, Kind.HUB_ASKS_TO_WAIT, Kind.PROXY_UNREACHABLE);

    /// For so long a line may be lost before it counts as a trouble: a hub is back from a restart by then.
    static final Duration RECONNECTS = Duration.ofSeconds(60);

    private static final Set<Kind> OF_CERTIFICATE = Set.of(Kind.CERTIFICATE_NOT_RENEWED, Kind.CERTIFICATE_EXPIRED);

    /// Bad at once: nothing goes on until somebody acts.
    private static final Set<Kind> BAD = Set.of(
            Kind.DISK_FULL,
            Kind.FOLDER_UNUSABLE,
            Kind.HUB_REFUSES,
            Kind.PARTY_SUSPENDED,
            Kind.PARTY_UNKNOWN,
            Kind.HUB_NOT_SECURE,
            Kind.CERTIFICATE_EXPIRED,
            Kind.LEDGER_KEY_CHANGED);

    private final PageParts gateway;
    private final HubQuestions hubs;
    private final Failures failures = new Failures();

    OverviewPage(PageParts gateway, HubQuestions hubs) {
        this.gateway = gateway;
        this.hubs = hubs;
    }

    Shown page(PageWords words, Browser browser) {
        boolean isPart = browser.query("part").equals("1");
        return Shown.page(isPart ? "page/now" : "page/overview", "view", view(words, isPart));
    }

    private Overview view(PageWords words, boolean isPart) {
        GatewayStatus status = gateway.status().get();
        Instant now = Instant.parse(status.at());
        var told = new Told(words, new StatusText(words.locale()), status, now);
        List<Row> lines = status.hubs().stream().map(hub -> line(hub, told)).toList();
        List<Row> notices =
                status.hubs().stream().flatMap(hub -> notice(hub.name(), words)).toList();
        List<Row> waiting =
                status.brands().stream().flatMap(brand -> waiting(brand, told)).toList();
        List<Row> prices =
                gateway.brands().stream().flatMap(brand -> prices(brand, told)).toList();
        Row certificate = certificate(told);
        List<Row> troubles = status.troubles().stream()
                .filter(trouble -> !OF_CERTIFICATE.contains(trouble.kind()) && !mayPass(trouble, told))
                .map(trouble -> trouble(trouble, told))
                .toList();
        List<Failure> failed = gateway.outbox().failed(FAILURES_MAX).stream()
                .map(state -> failures.of(state, words))
                .toList();
        Row program = program(status, words);
        List<Row> rows = new ArrayList<>(troubles);
        rows.addAll(lines);
        rows.add(certificate);
        rows.addAll(prices);
        rows.addAll(waiting);
        rows.addAll(notices);
        Row worst = rows.stream()
                .reduce((one, other) -> one.level().worse(other.level()) == one.level() ? one : other)
                .orElseThrow();
        Level level = worst.level();
        String first = worst.todo();
        return new Overview(
                level,
                words.of("headline." + level.word()),
                first,
                lines,
                notices,
                waiting,
                prices,
                certificate,
                troubles,
                failed,
                new SupportText(gateway.version()).of(status, failed, words, now),
                program,
                words.time(now),
                isPart);
    }

    /// What sentences are made of.
    private record Told(PageWords words, StatusText said, GatewayStatus status, Instant now) {

        String since(@Nullable String instant) {
            return instant == null ? "" : said.lasting(instant, now);
        }

        boolean isOlder(@Nullable String instant, Duration than) {
            return instant != null && Instant.parse(instant).plus(than).isBefore(now);
        }

        Level level(@Nullable String instant, Duration warns, Duration bad) {
            return isOlder(instant, bad) ? Level.BAD : isOlder(instant, warns) ? Level.WARN : Level.GOOD;
        }
    }

    private static Row line(HubStatus hub, Told told) {
        TroubleStatus trouble = told.status().troubles().stream()
                .filter(one -> OF_LINE.contains(one.kind()))
                .filter(one -> isOf(one, hub) || told.status().hubs().size() == 1)
                .findFirst()
                .orElse(null);
        String since = hub.connectedSince();
        String detail = trouble == null
                ? ""
                : told.words().of("line.last-error", told.words().time(trouble.last()), trouble.detail());
        String remedy = trouble == null ? "" : told.said().remedy(trouble);
        if (since != null) {
            String what = told.words()
                    .of(
                            "line.connected",
                            hub.address(),
                            told.since(since),
                            told.words().time(since));
            return new Row(trouble == null ? Level.GOOD : Level.WARN, hub.name(), what, remedy, detail);
        }
        if (trouble != null && mayPass(trouble, told)) {
            return new Row(
                    Level.WARN,
                    hub.name(),
                    told.words().of("line.again", told.words().time(trouble.since()), hub.address()),
                    told.words().of("line.again.todo"),
                    detail);
        }
        String what = trouble == null
                ? told.words().of("line.trying", hub.address())
                : told.said().trouble(trouble, told.now());
        String todo = remedy.isEmpty() ? told.words().of("line.trying.todo") : remedy;
        return new Row(trouble == null ? Level.WARN : Level.BAD, hub.name(), what, todo, detail);
    }

    private static boolean mayPass(TroubleStatus trouble, Told told) {
        return MAY_PASS.contains(trouble.kind()) && !told.isOlder(trouble.since(), RECONNECTS);
    }

    private static boolean isOf(TroubleStatus trouble, HubStatus hub) {
        return trouble.where().equals(hub.name())
                || trouble.where().equals(hub.address())
                || trouble.kind() == Kind.PROXY_UNREACHABLE
                || trouble.kind() == Kind.PROXY_REFUSES;
    }

    private Stream<Row> notice(String hub, PageWords words) {
        HubQuestions.Standing standing = hubs.standing(hub);
        if (standing == null) {
            return Stream.of();
        }
        String notice = Objects.requireNonNullElse(
                standing.notices().get(words.language()),
                standing.notices().values().stream().findFirst().orElse(""));
        boolean isWell = standing.state().isEmpty() || standing.state().equals("working");
        if (isWell && notice.isEmpty()) {
            return Stream.of();
        }
        String state = words.orWord("hub.state.", standing.state());
        return Stream.of(new Row(
                isWell ? Level.GOOD : Level.WARN,
                hub,
                notice.isEmpty() ? state : words.of("hub.notice", state, notice),
                isWell ? "" : words.of("hub.notice.todo"),
                ""));
    }

    private Stream<Row> waiting(BrandStatus brand, Told told) {
        PageWords words = told.words();
        Level up = brand.waitingUp() == 0 ? Level.GOOD : told.level(brand.oldestUp(), UP_WARNS, UP_BAD);
        Level down = brand.waitingDown() == 0 ? Level.GOOD : told.level(brand.oldestDown(), DOWN_WARNS, DOWN_BAD);
        String sent = brand.waitingUp() == 0
                ? words.of("up.none")
                : words.of("up.some", brand.waitingUp(), told.since(brand.oldestUp()), time(words, brand.oldestUp()));
        boolean isMore = brand.waitingDown() >= BrandStatus.WAITING_DOWN_MAX;
        String taken = brand.waitingDown() == 0
                ? words.of("down.none")
                : words.of(
                        isMore ? "down.many" : "down.some",
                        brand.waitingDown(),
                        told.since(brand.oldestDown()),
                        time(words, brand.oldestDown()));
        String folder = gateway.folders().in(new Brand(brand.name())).toString();
        return Stream.of(
                new Row(up, words.of("up.name", brand.name()), sent, up == Level.GOOD ? "" : words.of("up.todo"), ""),
                new Row(
                        down,
                        words.of("down.name", brand.name()),
                        taken,
                        down == Level.GOOD ? "" : words.of("down.todo", folder),
                        ""));
    }

    private static String time(PageWords words, @Nullable String instant) {
        return instant == null ? "" : words.time(instant);
    }

    private Stream<Row> prices(Brand brand, Told told) {
        List<Row> rows = told.status().datasets().stream()
                .filter(one -> DatasetName.of(one.name()).brand().equals(brand))
                .map(one -> prices(one, told))
                .toList();
        if (!rows.isEmpty()) {
            return rows.stream();
        }
        boolean isComplete = gateway.shelf().isComplete(brand);
        PageWords words = told.words();
        return Stream.of(
                isComplete
                        ? Row.good(brand.value(), words.of("prices.none"))
                        : new Row(
                                Level.WARN,
                                brand.value(),
                                words.of("prices.not-told"),
                                words.of("prices.not-told.todo"),
                                ""));
    }

    private Row prices(DatasetStatus list, Told told) {
        PageWords words = told.words();
        String effective = list.effective();
        String stands = effective == null
                ? words.of("prices.nothing")
                : words.of("prices.stands", Long.toString(list.version()), words.time(effective));
        String health = words.of("prices.health." + Objects.requireNonNullElse(list.health(), "nothing"));
        String confirmed = list.confirmed() == null
                ? words.of("prices.unconfirmed")
                : words.of("prices.confirmed", told.since(list.confirmed()));
        String stale = list.stale();
        if (stale == null) {
            return Row.good(list.name(), words.of("prices.good", stands, health, confirmed));
        }
        boolean isBad = stale.equals("differs") || stale.equals("unreadable");
        return new Row(
                isBad ? Level.BAD : Level.WARN,
                list.name(),
                words.of("prices.stale", stands, words.of("prices.stale." + stale), confirmed),
                words.of("prices.stale." + stale + ".todo"),
                why(list.name()));
    }

    /// The sentence with particulars that a replica itself has; empty when it is well again.
    private String why(String list) {
        Optional<KeptReplica> kept = gateway.shelf().find(DatasetName.of(list));
        Freshness.Stale stale = kept.isEmpty() ? null : kept.get().freshness().stale();
        return stale == null ? "" : stale.why();
    }

    private Row certificate(Told told) {
        GatewayStatus status = told.status();
        PageWords words = told.words();
        TroubleStatus trouble = status.troubles().stream()
                .filter(one -> OF_CERTIFICATE.contains(one.kind()))
                .findFirst()
                .orElse(null);
        String until = status.certificateUntil();
        String what = until == null
                ? words.of("certificate.none")
                : words.of(
                        status.certificateDaysLeft() < 0 ? "certificate.ended" : "certificate.until",
                        words.time(until),
                        Math.abs(status.certificateDaysLeft()));
        String renewal = words.of(gateway.renews() ? "certificate.renews" : "certificate.by-hand");
        boolean isSoon = status.certificateDaysLeft() <= StatusText.CERTIFICATE_DAYS_TO_WORRY;
        Level level = until == null || status.certificateDaysLeft() < 0
                ? Level.BAD
                : trouble != null || isSoon ? Level.WARN : Level.GOOD;
        String todo = level == Level.GOOD
                ? ""
                : trouble == null
                        ? words.of(level == Level.BAD ? "certificate.ended.todo" : "certificate.soon.todo")
                        : told.said().remedy(trouble);
        return new Row(
                level,
                words.of("certificate.name"),
                what + " " + renewal,
                todo,
                trouble == null ? "" : trouble.detail());
    }

    private static Row trouble(TroubleStatus trouble, Told told) {
        return new Row(
                BAD.contains(trouble.kind()) ? Level.BAD : Level.WARN,
                told.words().of("trouble.since", told.words().time(trouble.since())),
                told.said().trouble(trouble, told.now()),
                told.said().remedy(trouble),
                trouble.detail());
    }

    private Row program(GatewayStatus status, PageWords words) {
        String wanted = status.hubs().stream()
                .flatMap(hub -> Stream.ofNullable(hubs.standing(hub.name())))
                .map(HubQuestions.Standing::gateway)
                .filter(version -> !version.isEmpty() && !version.equals(gateway.version()))
                .findFirst()
                .orElse("");
        String what = words.of("program.version", gateway.version());
        return wanted.isEmpty()
                ? Row.good(words.of("program.name"), what)
                : new Row(
                        Level.WARN,
                        words.of("program.name"),
                        words.of("program.other", what, wanted),
                        words.of("program.todo"),
                        "");
    }
}
