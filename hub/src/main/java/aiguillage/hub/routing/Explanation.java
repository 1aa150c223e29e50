package aiguillage.hub.routing;

import aiguillage.config.Durations;
import aiguillage.hub.directory.Party;
import aiguillage.hub.entry.EndState;
import aiguillage.hub.entry.Reader;
import aiguillage.protocol.Envelope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

/// Where one document would go, and why: for the operator, who may know more than the sender is told (I4).
///
/// @param steps what was asked, in order; the last one that does not pass ends the way
/// @param routing the answer, the same as [Table#route] gives
public record Explanation(List<Step> steps, Routing routing) {

    /// One question on the way.
    ///
    /// @param subject what it is about: `sender`, `flow`, `allowed`, `route`, `readers`, `copies`,
    ///     `region`, `limits`
    /// @param passes whether the document goes on
    /// @param text the finding, a sentence
    /// @param finding the same as one word, for whoever tells it in another language
    /// @param values what the sentence names, in its order; of a route that was looked at first its index
    public record Step(String subject, boolean passes, String text, Finding finding, List<String> values) {

        public Step {
            values = List.copyOf(values);
        }
    }

    /// What was found on the way.
    public enum Finding {
        SENDER_KNOWN,
        SENDER_UNKNOWN,
        FLOW_KNOWN,
        FLOW_UNKNOWN,
        ALLOWED,
        NOT_ALLOWED,
        ROUTE_PASSED,
        ROUTE_TAKEN,
        READERS,
        NO_READERS,
        COPIES,
        NO_COPIES,
        REGION,
        NO_REGION,
        LIMITS
    }

    private static Step step(String subject, boolean passes, String text, Finding finding, Object... values) {
        return new Step(
                subject,
                passes,
                text,
                finding,
                Arrays.stream(values).map(Object::toString).toList());
    }

    private static final int NAMED_MAX = 10;
    private static final int SUBJECT_COLUMNS = 9;

    public Explanation {
        steps = List.copyOf(steps);
    }

    /// Explains one document.
    public static Explanation of(Table table, Envelope envelope) {
        List<Step> steps = new ArrayList<>();
        Routing routing = table.route(envelope);
        Optional<Party> sender = table.party(envelope.sender());
        Optional<Flow> flow = table.flow(envelope.flow());
        steps.add(sender.map(Explanation::senderKnown)
                .orElseGet(() -> step(
                        "sender",
                        false,
                        envelope.sender() + " is no party of this table.",
                        Finding.SENDER_UNKNOWN,
                        envelope.sender())));
        steps.add(flow.map(known -> step(
                        "flow", true, known.name() + " is a flow of this table.", Finding.FLOW_KNOWN, known.name()))
                .orElseGet(() -> step(
                        "flow",
                        false,
                        envelope.flow() + " is no flow of this table.",
                        Finding.FLOW_UNKNOWN,
                        envelope.flow())));
        if (sender.isPresent() && flow.isPresent()) {
            steps.add(allowed(flow.get(), sender.get()));
            if (flow.get().isOpenTo(sender.get())) {
                taken(steps, table, flow.get(), sender.get(), envelope);
                ending(steps, flow.get(), routing);
            }
        }
        return new Explanation(steps, routing);
    }

    /// One line per step, then what happens.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Step step : steps) {
            String subject =
                    step.subject() + " ".repeat(SUBJECT_COLUMNS - step.subject().length());
            lines.add((step.passes() ? "  " : "x ") + subject + step.text());
        }
        lines.add(
                switch (routing) {
                    case Route(var _, var readers) -> "= delivered to " + shown(readers, false);
                    case Refusal(var kind, var reason) -> "= refused, " + kind + ": " + reason;
                });
        return List.copyOf(lines);
    }

    private static Step senderKnown(Party party) {
        return step(
                "sender",
                true,
                party.id() + ": roles " + sorted(party.roles()) + ", brands " + sorted(party.brands()) + ", country "
                        + (party.country() == null ? "none" : party.country()) + ", region " + party.region() + ".",
                Finding.SENDER_KNOWN,
                party.id(),
                sorted(party.roles()),
                sorted(party.brands()),
                party.country() == null ? "–" : party.country(),
                party.region());
    }

    private static Step allowed(Flow flow, Party sender) {
        String wanted = "the brand " + flow.name().brand() + " and one of the roles " + sorted(flow.from());
        return flow.isOpenTo(sender)
                ? step(
                        "allowed",
                        true,
                        sender.id() + " may send: it has " + wanted + ".",
                        Finding.ALLOWED,
                        sender.id(),
                        flow.name().brand(),
                        sorted(flow.from()))
                : step(
                        "allowed",
                        false,
                        sender.id() + " may not send: that takes " + wanted
                                + ". It is told the same as if there were no such flow.",
                        Finding.NOT_ALLOWED,
                        sender.id(),
                        flow.name().brand(),
                        sorted(flow.from()));
    }

    /// The rules that do not hold, each with its reason, then the one that does.
    private static void taken(List<Step> steps, Table table, Flow flow, Party sender, Envelope envelope) {
        int taken = new CompiledFlow(flow, table.directory()).ruleTaken(envelope, sender);
        for (int i = 0; i < taken; i++) {
            Condition condition = flow.rules().get(i).condition();
            steps.add(step(
                    "route",
                    true,
                    "passed by: " + condition + "; here " + values(condition, envelope, sender),
                    Finding.ROUTE_PASSED,
                    i,
                    pairs(condition, envelope, sender)));
        }
        Rule rule = flow.rules().get(taken);
        String why = rule.condition().values().isEmpty()
                ? flow.rules().size() == 1 ? "the only route" : "otherwise"
                : rule.condition() + "; here " + values(rule.condition(), envelope, sender);
        steps.add(step(
                "route",
                !(rule.target() instanceof Target.Refuse),
                "taken: " + why + " -> " + rule.target(),
                Finding.ROUTE_TAKEN,
                taken,
                pairs(rule.condition(), envelope, sender)));
    }

    private static String values(Condition condition, Envelope envelope, Party sender) {
        return condition.values().keySet().stream()
                .map(attribute -> {
                    String value = Condition.value(attribute, envelope, sender);
                    boolean fromSender = envelope.extension(attribute.name()) == null;
                    return attribute + " " + (value == null ? "is missing" : value)
                            + (value != null && fromSender ? " (the sender's)" : "");
                })
                .collect(Collectors.joining(", "));
    }

    /// The values that a condition looked at, in no language.
    private static String pairs(Condition condition, Envelope envelope, Party sender) {
        return condition.values().keySet().stream()
                .map(attribute -> {
                    String value = Condition.value(attribute, envelope, sender);
                    return attribute + "=" + (value == null ? "–" : value);
                })
                .collect(Collectors.joining(", "));
    }

    private static void ending(List<Step> steps, Flow flow, Routing routing) {
        switch (routing) {
            case Refusal(var _, var reason) -> steps.add(step("readers", false, reason, Finding.NO_READERS, reason));
            case Route(var _, var readers) -> {
                String read = shown(readers, false);
                steps.add(step("readers", true, read, Finding.READERS, read));
                String copied = shown(readers, true);
                steps.add(
                        flow.copies().isEmpty()
                                ? step("copies", true, "none", Finding.NO_COPIES)
                                : step("copies", true, copied, Finding.COPIES, copied));
                steps.add(
                        flow.region() == null
                                ? step("region", true, "anywhere: the flow has no region.", Finding.NO_REGION)
                                : step(
                                        "region",
                                        true,
                                        "every reader and copy is in " + flow.region() + ".",
                                        Finding.REGION,
                                        flow.region()));
                Terms terms = flow.terms();
                steps.add(step(
                        "limits",
                        true,
                        limits(terms),
                        Finding.LIMITS,
                        terms.payloadMax(),
                        Durations.shown(terms.offeredFor()),
                        Durations.shown(terms.keptFor())));
            }
        }
    }

    private static String limits(Terms terms) {
        return "payload up to " + terms.payloadMax() + ", offered for " + Durations.shown(terms.offeredFor())
                + ", kept for " + Durations.shown(terms.keptFor()) + ", signature "
                + (terms.signed() ? "required" : "optional") + ", schema "
                + (terms.schema() == null ? "none" : terms.schema()) + ", the sender is told of "
                + (terms.notices().isEmpty() ? "nothing" : words(terms.notices())) + ".";
    }

    private static String shown(List<Reader> readers, boolean copies) {
        List<String> names = readers.stream()
                .filter(reader -> reader.copy() == copies)
                .map(reader -> reader.party().value())
                .toList();
        String some = names.stream().limit(NAMED_MAX).collect(Collectors.joining(", "));
        return names.size() > NAMED_MAX ? some + " and " + (names.size() - NAMED_MAX) + " more" : some;
    }

    private static String words(SortedSet<EndState> states) {
        return states.stream().map(EndState::word).collect(Collectors.joining(", "));
    }

    private static String sorted(Collection<?> words) {
        return words.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    }
}
