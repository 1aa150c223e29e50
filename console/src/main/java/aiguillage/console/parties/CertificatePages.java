package aiguillage.console.parties;

import aiguillage.console.web.Access;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Route;
import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.trust.Enrolled;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// The calendar of certificates: of each party the one that holds longest, since with that it speaks.
final class CertificatePages {

    static final int ROWS_MAX = 500;
    static final int DAYS_DEFAULT = 60;
    static final int DAYS_MAX = 825;

    private final Inside hub;

    CertificatePages(Inside hub) {
        this.hub = hub;
    }

    List<Route> routes() {
        return List.of(Route.get("/certificates", Access.SEE, this::calendar));
    }

    private Answer calendar(Visit visit) {
        Instant now = hub.parts().clock().instant();
        int days = days(visit);
        Instant end = now.plus(Duration.ofDays(days));
        List<CertificatesView.Row> ending = rows(visit.operator(), now).stream()
                .filter(row -> row.until().isBefore(end))
                .toList();
        List<CertificatesView.Row> shown = ending.subList(0, Math.min(ROWS_MAX, ending.size()));
        Instant tomorrow = now.plus(Duration.ofDays(1));
        return Answer.page(
                "parties/certificates",
                "view",
                new CertificatesView(
                        days,
                        shown.stream()
                                .filter(row ->
                                        row.until().isAfter(now) && row.until().isBefore(tomorrow))
                                .toList(),
                        weeks(ending, now, visit.look().zone()),
                        shown,
                        ending.size() - shown.size()));
    }

    private static int days(Visit visit) {
        try {
            int days = Integer.parseInt(visit.query("days").orElse(String.valueOf(DAYS_DEFAULT)));
            return Math.clamp(days, 1, DAYS_MAX);
        } catch (NumberFormatException notANumber) {
            return DAYS_DEFAULT;
        }
    }

    private List<CertificatesView.Row> rows(Operator operator, Instant now) {
        var rows = new ArrayList<CertificatesView.Row>();
        hub.parts().flows().table().parties().stream()
                .filter(party -> Fleet.sees(operator, party))
                .forEach(party -> hub.admission().newest(party.id()).stream()
                        .findFirst()
                        .ifPresent(known -> rows.add(row(party.id().value(), known, now))));
        rows.sort(Comparator.comparing(CertificatesView.Row::until));
        return rows;
    }

    private static CertificatesView.Row row(String party, Enrolled.Known known, Instant now) {
        Instant until = known.notAfter();
        return new CertificatesView.Row(
                party, known.serial(), until, Duration.between(now, until), PartyViews.level(until, now));
    }

    private static List<CertificatesView.Week> weeks(List<CertificatesView.Row> ending, Instant now, ZoneId zone) {
        var byWeek = new TreeMap<LocalDate, Integer>();
        ending.stream()
                .filter(row -> row.until().isAfter(now))
                .forEach(row -> byWeek.merge(
                        row.until().atZone(zone).toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)),
                        1,
                        Integer::sum));
        int fullest = byWeek.values().stream().mapToInt(Integer::intValue).max().orElse(1);
        return byWeek.entrySet().stream()
                .map(week -> new CertificatesView.Week(
                        week.getKey(), week.getValue(), Math.ceilDiv(100 * week.getValue(), fullest)))
                .toList();
    }
}
