package aiguillage.console.parties;

import aiguillage.console.web.Access;
import aiguillage.console.web.Address;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Route;
import aiguillage.console.web.Visit;
import aiguillage.console.web.Words;
import aiguillage.hub.Inside;
import aiguillage.hub.admission.Admission;
import aiguillage.hub.admission.Invitation;
import aiguillage.hub.directory.Party;
import aiguillage.hub.problem.Problem;
import aiguillage.protocol.PartyId;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Invites a party, voids its codes, revokes, suspends and resumes it. Each touches all of its brands: who does
/// not look after all of them may not.
final class ActsOnParties {

    private final Inside hub;
    private final Fleet fleet;
    private final Once<Sheet> sheets;

    ActsOnParties(Inside hub, Fleet fleet) {
        this.hub = hub;
        this.fleet = fleet;
        this.sheets = new Once<>(hub.parts().clock());
    }

    List<Route> routes() {
        return List.of(
                Route.confirmed(
                        "/parties/{party}/invite", Access.CONFIRMED_OPERATE, "parties.deed.invite", this::invite),
                Route.get("/parties/{party}/sheet", Access.OPERATE, this::sheet),
                Route.confirmed(
                        "/parties/{party}/void", Access.CONFIRMED_OPERATE, "parties.deed.void", this::voidCodes),
                Route.confirmed(
                        "/parties/{party}/revoke", Access.CONFIRMED_OPERATE, "parties.deed.revoke", this::revoke),
                Route.confirmed(
                        "/parties/{party}/suspend", Access.CONFIRMED_OPERATE, "parties.deed.suspend", this::suspend),
                Route.confirmed(
                        "/parties/{party}/resume", Access.CONFIRMED_OPERATE, "parties.deed.resume", this::resume));
    }

    private PartyId party(Visit visit) {
        Party party = fleet.party(visit);
        if (!Fleet.owns(visit.operator(), party)) {
            throw visit.words().refused(Problem.NOT_AUTHORISED, "parties.not-yours");
        }
        return party.id();
    }

    private static Answer done(PartyId party, String what) {
        return Answer.redirect(Address.ofParty(party).with("done", what).toString());
    }

    private Answer invite(Visit visit) {
        PartyId party = party(visit);
        long hours = hours(visit);
        String language = visit.field("language")
                .filter(Words.LANGUAGES::contains)
                .orElseGet(() -> visit.words().locale().getLanguage());
        hub.admission().requireInvitable(List.of(party), hours);
        hub.acts()
                .record(
                        visit.operator(),
                        "invite",
                        party.value(),
                        visit.field("reason").orElse(""));
        Invitation made = hub.admission().invite(party, hours);
        Sheet sheet = Sheet.of(
                made,
                brands(party),
                hub.parts().name().value(),
                hub.reach(),
                visit.words().in(language));
        return Answer.redirect("/parties/" + party + "/sheet?ticket=" + sheets.keep(visit, sheet));
    }

    private List<String> brands(PartyId party) {
        return hub.parts().flows().table().party(party).stream()
                .flatMap(known -> known.brands().stream())
                .map(brand -> brand.value().toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
    }

    static long hours(Visit visit) {
        try {
            return Long.parseLong(visit.field("hours").orElse(String.valueOf(Admission.CODE_HOLDS_DEFAULT.toHours())));
        } catch (NumberFormatException e) {
            throw visit.words().refused(Problem.BAD_REQUEST, "parties.hours-wrong", Admission.CODE_HOURS_MAX);
        }
    }

    private Answer sheet(Visit visit) {
        PartyId party = party(visit);
        Sheet sheet = sheets.take(visit, visit.query("ticket").orElse(""))
                .filter(kept -> kept.party().equals(party.value()))
                .orElseThrow(() -> visit.words().refused(Problem.NOT_FOUND, "parties.sheet.gone"));
        return Answer.page("parties/sheet", Map.of("view", sheet));
    }

    private Answer voidCodes(Visit visit) {
        PartyId party = party(visit);
        String reason = visit.required("reason");
        hub.acts().record(visit.operator(), "void-codes", party.value(), reason);
        return done(party, hub.admission().voidCodes(party, reason) == 0 ? "nothing" : "voided");
    }

    private Answer revoke(Visit visit) {
        PartyId party = party(visit);
        String reason = visit.required("reason");
        String serial = visit.required("serial");
        if (serial.equals("all")) {
            hub.acts().record(visit.operator(), "revoke", party.value(), reason);
            hub.admission().revokeAll(party, reason);
            return done(party, "revoked");
        }
        if (hub.admission().holder(serial).filter(party::equals).isEmpty()) {
            throw visit.words().refused(Problem.NOT_FOUND, "parties.no-certificate");
        }
        hub.acts().record(visit.operator(), "revoke", party + " " + serial, reason);
        return done(party, hub.admission().revoke(serial, reason).isEmpty() ? "nothing" : "revoked");
    }

    private Answer suspend(Visit visit) {
        PartyId party = party(visit);
        String reason = visit.required("reason");
        hub.acts().record(visit.operator(), "suspend", party.value(), reason);
        boolean isNew = hub.admission().suspend(party, reason, visit.operator().by());
        return done(party, isNew ? "suspended" : "nothing");
    }

    private Answer resume(Visit visit) {
        PartyId party = party(visit);
        String reason = visit.required("reason");
        hub.acts().record(visit.operator(), "resume", party.value(), reason);
        boolean isNew = hub.admission().resume(party, reason, visit.operator().by());
        return done(party, isNew ? "resumed" : "nothing");
    }
}
