package aiguillage.console.flows;

import aiguillage.config.Durations;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Visit;
import aiguillage.console.web.Words;
import aiguillage.hub.Inside;
import aiguillage.hub.entry.EndState;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Flow;
import aiguillage.hub.routing.Table;
import aiguillage.hub.routing.Terms;
import aiguillage.hub.yard.MailboxRow;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The page of one flow.
final class FlowPages {

    private static final int NAMES_SHOWN = 50;
    private static final int ENTRIES_LOOKED_AT = 300;
    private static final int LATEST_MAX = 10;

    private final Inside hub;

    FlowPages(Inside hub) {
        this.hub = hub;
    }

    Answer page(Visit visit) {
        Table table = hub.parts().flows().table();
        Flow flow = flow(visit, table);
        var readers = new TreeSet<PartyId>(flow.readers(table.directory()));
        readers.addAll(flow.copies());
        long waiting = 0;
        long quarantined = 0;
        var mailboxes = new ArrayList<FlowView.Mailbox>();
        for (PartyId reader : readers) {
            MailboxRow row = hub.parts().mailboxes().count(reader, flow.name());
            waiting += row.pending();
            quarantined += row.quarantined();
            if (row.pending() + row.quarantined() > 0) {
                mailboxes.add(new FlowView.Mailbox(reader.value(), row.pending(), row.quarantined()));
            }
        }
        mailboxes.sort(Comparator.comparingLong(FlowView.Mailbox::waiting)
                .thenComparingLong(FlowView.Mailbox::quarantined)
                .reversed());
        return Answer.page(
                "flows/flow",
                "view",
                new FlowView(
                        new FlowTexts(visit.words()).line(flow, table.directory()),
                        terms(flow.terms(), visit.words()),
                        flow.terms().keys().entrySet().stream()
                                .map(key -> new FlowView.Term(key.getKey(), key.getValue()))
                                .toList(),
                        names(flow.senders(table.directory())),
                        names(readers),
                        waiting,
                        quarantined,
                        mailboxes.stream().limit(FlowView.MAILBOXES_MAX).toList(),
                        latest(flow.name()),
                        ENTRIES_LOOKED_AT));
    }

    /// What somebody does not see, is not there.
    private static Flow flow(Visit visit, Table table) {
        try {
            FlowName name = FlowName.of(visit.variable(0) + "/" + visit.variable(1));
            if (visit.operator().sees(name.brand())) {
                return table.flow(name).orElseThrow(() -> none(visit));
            }
        } catch (IllegalArgumentException noName) {
            throw none(visit);
        }
        throw none(visit);
    }

    private static Refused none(Visit visit) {
        return visit.words().refused(Problem.NOT_FOUND, "flows.none");
    }

    private static FlowView.Names names(Collection<PartyId> parties) {
        return new FlowView.Names(
                parties.stream().limit(NAMES_SHOWN).map(PartyId::value).toList(), parties.size());
    }

    private static List<FlowView.Term> terms(Terms terms, Words words) {
        String none = words.of("flows.none-of-these");
        var list = new ArrayList<FlowView.Term>();
        list.add(new FlowView.Term("flows.term.payload-max", terms.payloadMax().toString()));
        list.add(new FlowView.Term("flows.term.offered-for", Durations.shown(terms.offeredFor())));
        list.add(new FlowView.Term("flows.term.kept-for", Durations.shown(terms.keptFor())));
        list.add(new FlowView.Term(
                "flows.term.signed", words.of(terms.signed() ? "flows.signed.required" : "flows.signed.optional")));
        list.add(new FlowView.Term("flows.term.schema", terms.schema() == null ? none : terms.schema()));
        list.add(new FlowView.Term("flows.term.bod", terms.bod() == null ? none : terms.bod()));
        list.add(new FlowView.Term("flows.term.flat", terms.flat().isEmpty() ? none : String.join(", ", terms.flat())));
        list.add(new FlowView.Term(
                "flows.term.notices",
                terms.notices().isEmpty()
                        ? none
                        : terms.notices().stream()
                                .map(state -> end(state, words))
                                .collect(Collectors.joining(", "))));
        return list;
    }

    private static String end(EndState state, Words words) {
        return words.of("flows.end." + state.word());
    }

    private List<FlowView.Latest> latest(FlowName flow) {
        var found = new ArrayList<FlowView.Latest>();
        long newest = hub.parts().ledger().size();
        for (long at = newest; at > 0 && newest - at < ENTRIES_LOOKED_AT && found.size() < LATEST_MAX; at--) {
            if (hub.parts().documents().entry(new Position(at)) instanceof Entry.DocumentAccepted document
                    && document.envelope().flow().equals(flow)) {
                found.add(new FlowView.Latest(
                        at,
                        document.time(),
                        document.envelope().sender().value(),
                        document.envelope().id().value()));
            }
        }
        return found;
    }
}
