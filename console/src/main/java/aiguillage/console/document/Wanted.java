package aiguillage.console.document;

import aiguillage.console.web.Address;
import aiguillage.console.web.Visit;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.PartyId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Which documents a list shows, as its address says.
///
/// @param flow its whole name; empty: all
/// @param party who sent or reads it; empty: all
/// @param from as typed: a day or a minute, in the visitor's zone; empty: from the first on
/// @param until as typed, exclusive; of a day: its end; empty: to now
/// @param standing empty: whatever it is
/// @param before only what stands before this position
public record Wanted(
        String flow,
        String party,
        String from,
        String until,
        String standing,
        @Nullable Long before,
        ZoneId zone) {

    /// @throws Refused when a time or a position is none
    static Wanted of(Visit visit) {
        OptionalLong before = visit.number("before");
        var wanted = new Wanted(
                visit.query("flow").orElse(""),
                visit.query("party").orElse(""),
                visit.query("from").orElse(""),
                visit.query("until").orElse(""),
                visit.query("state").orElse(""),
                before.isEmpty() ? null : before.getAsLong(),
                visit.look().zone());
        try {
            wanted.begin();
            wanted.end();
        } catch (DateTimeException e) {
            throw visit.words().refused(Problem.BAD_REQUEST, "document.time-wrong");
        }
        return wanted;
    }

    @Nullable
    Instant begin() {
        return from.isEmpty() ? null : instant(from, 0);
    }

    @Nullable
    Instant end() {
        return until.isEmpty() ? null : instant(until, 1);
    }

    private Instant instant(String typed, int days) {
        LocalDateTime local = typed.contains("T")
                ? LocalDateTime.parse(typed)
                : LocalDate.parse(typed).plusDays(days).atStartOfDay();
        return local.atZone(zone).toInstant();
    }

    /// Whether it is one, its standing apart.
    boolean includes(Entry.DocumentAccepted document) {
        if (!flow.isEmpty() && !document.envelope().flow().toString().equals(flow)) {
            return false;
        }
        if (!party.isEmpty() && !concerns(document)) {
            return false;
        }
        Instant begin = begin();
        Instant end = end();
        return (begin == null || !document.time().isBefore(begin))
                && (end == null || document.time().isBefore(end));
    }

    private boolean concerns(Entry.DocumentAccepted document) {
        try {
            var id = new PartyId(party);
            return document.envelope().sender().equals(id) || document.reader(id) != null;
        } catch (IllegalArgumentException noName) {
            return false;
        }
    }

    /// The address of the same list from another position on.
    public String before(long position) {
        return new Address("/documents")
                .with("flow", flow)
                .with("party", party)
                .with("from", from)
                .with("until", until)
                .with("state", standing)
                .with("before", position)
                .toString();
    }
}
