package aiguillage.console.prices;

import aiguillage.console.web.Access;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Route;
import aiguillage.console.web.Upload;
import aiguillage.console.web.Visit;
import aiguillage.dataset.source.Format;
import aiguillage.hub.Inside;
import aiguillage.hub.dataset.Checked;
import aiguillage.hub.dataset.Difference;
import aiguillage.hub.dataset.Published;
import aiguillage.hub.dataset.Stand;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Publishes: a file comes, is looked through, and waits; whoever brought it sees what it would change, and
/// publishes it or not. Versions that do not hold yet are withdrawn, earlier ones restored.
final class PublishPages {

    /// The largest file that comes by a page; a larger one comes by the command.
    static final long FILE_BYTES_MAX = 1_000_000_000L;

    private static final int FILE_NAME_CHARS_MAX = 200;

    private final Inside hub;
    private final Drafts drafts;

    PublishPages(Inside hub, Drafts drafts) {
        this.hub = hub;
        this.drafts = drafts;
    }

    List<Route> routes() {
        String draft = PricesPages.DATASET + "/drafts/{draft}";
        String version = PricesPages.DATASET + "/versions/{version}";
        return List.of(
                Route.get(PricesPages.DATASET + "/publish", Access.ADMINISTER, this::form),
                Route.upload(
                        PricesPages.DATASET + "/drafts",
                        Access.ADMINISTER,
                        new Route.Taking(FILE_BYTES_MAX, this::folder),
                        this::check),
                Route.get(draft, Access.ADMINISTER, this::draft),
                Route.confirmed(draft + "/publish", Access.CONFIRMED_ADMINISTER, "prices.deed.publish", this::publish),
                Route.post(draft + "/discard", Access.ADMINISTER, this::discard),
                Route.confirmed(
                        version + "/withdraw", Access.CONFIRMED_ADMINISTER, "prices.deed.withdraw", this::withdraw),
                Route.confirmed(
                        version + "/restore", Access.CONFIRMED_ADMINISTER, "prices.deed.restore", this::restore));
    }

    private Answer form(Visit visit) {
        Chosen chosen = Chosen.of(hub, visit);
        Map<String, Format> formats = new TreeMap<>(chosen.dataset().formats());
        return Answer.page(
                "prices/publish",
                Map.of(
                        "dataset",
                        chosen.name().toString(),
                        "path",
                        chosen.path(),
                        "formats",
                        List.copyOf(formats.keySet()),
                        "takesDelta",
                        formats.values().stream().anyMatch(format -> format.actions() != null),
                        "columns",
                        DifferencePages.numbers(chosen),
                        "bytesMax",
                        FILE_BYTES_MAX));
    }

    private Path folder(Visit visit) throws IOException {
        Chosen chosen = Chosen.of(hub, visit);
        hub.parts().stopping().requireOpen();
        return hub.publishers().workFolder(chosen.name(), chosen.who());
    }

    private Answer check(Visit visit) throws IOException {
        Chosen chosen = Chosen.of(hub, visit);
        Upload upload = visit.requiredUpload();
        String mediaType = visit.required("format");
        boolean isDelta = visit.field("delta").isPresent();
        Checked checked = hub.publishers()
                .check(
                        chosen.name(),
                        chosen.who(),
                        mediaType,
                        upload.open(),
                        isDelta,
                        visit.field("column").orElse(null));
        String report = checked.report();
        if (checked.verdict() == Checked.Verdict.REFUSED && report != null) {
            return Answer.redirect(chosen.path() + "/reports/" + report);
        }
        Path place = hub.publishers().work(chosen.name(), chosen.who());
        Files.delete(place);
        upload.moveTo(place);
        String name = upload.name().substring(0, Math.min(upload.name().length(), FILE_NAME_CHARS_MAX));
        var draft = new Drafts.Draft(
                drafts.newId(),
                visit.operator().name(),
                chosen.name(),
                place,
                name,
                mediaType,
                isDelta,
                checked,
                drafts.until());
        drafts.keep(draft);
        return Answer.redirect(chosen.path() + "/drafts/" + draft.id());
    }

    private Drafts.Draft find(Chosen chosen, Visit visit) throws IOException {
        return drafts.find(visit.operator(), chosen.name(), visit.variable(2))
                .orElseThrow(() -> visit.words().refused(Problem.NOT_FOUND, "prices.no-draft"));
    }

    private Answer draft(Visit visit) throws IOException {
        Chosen chosen = Chosen.of(hub, visit);
        Drafts.Draft draft = find(chosen, visit);
        Checked checked = draft.checked();
        String path = chosen.path() + "/drafts/" + draft.id();
        Difference difference = Objects.requireNonNull(checked.difference(), "a file that was refused waits");
        var values = new HashMap<String, Object>();
        values.put("view", DifferencePages.view(chosen, difference, visit));
        values.put("dataset", chosen.name().toString());
        values.put("back", chosen.path());
        values.put("path", path);
        values.put("file", draft.fileName());
        values.put("checked", checked);
        values.put("isOvertaken", standing(chosen) != checked.against());
        values.put("link", DifferencePages.query(path, visit.query("column")));
        return Answer.page("prices/draft", values);
    }

    private long standing(Chosen chosen) throws IOException {
        Stand stand = hub.publishers().stand(chosen.name(), chosen.who());
        Entry.VersionPublished newest = stand.newest();
        return newest == null ? 0 : newest.number();
    }

    private Answer publish(Visit visit) throws IOException {
        Chosen chosen = Chosen.of(hub, visit);
        Drafts.Draft draft = find(chosen, visit);
        String reason = visit.required("reason");
        Instant effective = effective(visit);
        boolean isSealed = sealed(visit, effective);
        hub.parts().stopping().requireOpen();
        if (standing(chosen) != draft.checked().against()) {
            throw visit.words().refused(Problem.VERSION_OVERTAKEN, "prices.overtaken");
        }
        hub.acts().record(visit.operator(), "publish", chosen.name() + ", " + draft.fileName(), reason);
        Published published = hub.publishers()
                .publish(
                        chosen.name(),
                        chosen.who(),
                        draft.mediaType(),
                        Files.newInputStream(draft.file()),
                        draft.isDelta(),
                        effective,
                        isSealed,
                        draft.checked().against());
        drafts.remove(draft);
        return told(chosen, published);
    }

    private static @Nullable Instant effective(Visit visit) {
        return Fields.instant(visit, visit.field("effective").orElse(null));
    }

    private static boolean sealed(Visit visit, @Nullable Instant effective) {
        boolean isSealed = visit.field("sealed").isPresent();
        if (isSealed && effective == null) {
            throw visit.words().refused(Problem.BAD_REQUEST, "prices.sealed-until");
        }
        return isSealed;
    }

    /// Where what became of a publication is told.
    static Answer told(Chosen chosen, Published published) {
        return Answer.redirect(
                switch (published) {
                    case Published.AsVersion(var entry, var _, var _) -> chosen.path() + "/versions/" + entry.number();
                    case Published.Held(var _, var applied, var _, var _) ->
                        chosen.path() + "/held/"
                                + applied.receipt()
                                        .leaf()
                                        .statement()
                                        .position()
                                        .value();
                    case Published.Unchanged _ -> chosen.path() + "?said=unchanged";
                    case Published.Refused(var report, var _) -> chosen.path() + "/reports/" + report;
                });
    }

    private Answer discard(Visit visit) throws IOException {
        Chosen chosen = Chosen.of(hub, visit);
        drafts.remove(find(chosen, visit));
        return Answer.redirect(chosen.path());
    }

    private Answer withdraw(Visit visit) throws IOException {
        Chosen chosen = Chosen.of(hub, visit);
        long number = Chosen.number(visit, visit.variable(2));
        chosen.version(hub, visit, number);
        String reason = visit.required("reason");
        hub.acts().record(visit.operator(), "withdraw", chosen.name() + " version " + number, reason);
        hub.publishers().withdraw(chosen.name(), chosen.who(), number);
        return Answer.redirect(chosen.path() + "/versions/" + number);
    }

    private Answer restore(Visit visit) throws IOException {
        Chosen chosen = Chosen.of(hub, visit);
        long number = Chosen.number(visit, visit.variable(2));
        chosen.version(hub, visit, number);
        String reason = visit.required("reason");
        Instant effective = effective(visit);
        boolean isSealed = sealed(visit, effective);
        hub.parts().stopping().requireOpen();
        hub.acts().record(visit.operator(), "restore", chosen.name() + " version " + number, reason);
        return told(chosen, hub.publishers().restore(chosen.name(), chosen.who(), number, effective, isSealed));
    }
}
