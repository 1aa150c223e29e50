package aiguillage.console.flows;

import aiguillage.config.Bytes;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Behind;
import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import aiguillage.hub.intake.Question;
import aiguillage.hub.intake.Tried;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Explanation;
import aiguillage.hub.routing.Flow;
import aiguillage.hub.routing.Table;
import aiguillage.protocol.Envelope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Explains a route by an example: the same code decides that decides about documents which are sent.
final class TryPages {

    private static final List<String> FIELDS =
            List.of("sender", "flow", "recipient", "country", "size", "signed", "attributes");
    private static final int SENDERS_MAX = 300;

    private final Inside hub;

    TryPages(Inside hub) {
        this.hub = hub;
    }

    Answer page(Visit visit) {
        Table table = hub.parts().flows().table();
        var asked = new HashMap<String, String>();
        FIELDS.forEach(name -> visit.query(name).ifPresent(value -> asked.put(name, value)));
        String fault = "";
        TryView.Result result = null;
        if (asked.containsKey("sender") && asked.containsKey("flow")) {
            try {
                result = result(table, question(asked), visit);
            } catch (Refused refused) {
                fault = refused.detail();
            } catch (IllegalArgumentException e) {
                fault = e.getMessage() + ".";
            }
        } else if (!asked.isEmpty()) {
            fault = visit.words().of("flows.try.incomplete");
        }
        return Answer.page(
                "flows/try",
                "view",
                new TryView(asked, flows(table, visit.operator()), senders(table, visit.operator()), fault, result));
    }

    private static List<String> flows(Table table, Operator operator) {
        return table.flows().stream()
                .filter(flow -> operator.sees(flow.name().brand()))
                .map(flow -> flow.name().toString())
                .toList();
    }

    private static List<String> senders(Table table, Operator operator) {
        return table.parties().stream()
                .filter(party -> operator.seesAny(party.brands()))
                .limit(SENDERS_MAX)
                .map(party -> party.id().value())
                .toList();
    }

    private static Question question(Map<String, String> asked) {
        var attributes = new TreeMap<String, String>();
        asked.getOrDefault("attributes", "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(line -> {
                    int is = line.indexOf('=');
                    if (is < 1) {
                        throw new IllegalArgumentException("an attribute is written name=value, as in modelyear=2026");
                    }
                    attributes.put(
                            line.substring(0, is).strip(),
                            line.substring(is + 1).strip());
                });
        for (String name : List.of(Envelope.RECIPIENT, "country")) {
            if (asked.containsKey(name)) {
                attributes.put(name, Objects.requireNonNull(asked.get(name)));
            }
        }
        String size = asked.get("size");
        return Question.of(
                asked.getOrDefault("sender", ""),
                asked.getOrDefault("flow", ""),
                attributes,
                size == null ? -1 : Bytes.of(size).count(),
                asked.containsKey("signed"));
    }

    /// Of what somebody does not see, the same is said as of what is not there.
    private TryView.Result result(Table table, Question question, Visit visit) {
        Envelope envelope = question.envelope();
        Operator operator = visit.operator();
        boolean isSeen = operator.seesAll()
                || (operator.sees(envelope.flow().brand())
                        && table.party(envelope.sender())
                                .filter(party -> operator.seesAny(party.brands()))
                                .isPresent());
        if (!isSeen) {
            throw new IllegalArgumentException(visit.words().of("flows.try.unseen"));
        }
        Tried tried = Tried.of(table, question);
        var texts = new FlowTexts(visit.words());
        Flow flow = table.flow(envelope.flow()).orElse(null);
        return new TryView.Result(
                tried.explanation().steps().stream()
                        .map(step -> new TryView.Step(
                                "flows.step." + step.subject(),
                                step.passes(),
                                text(step, flow, texts, visit),
                                english(step)))
                        .toList(),
                tried.refused() == null ? null : tried.refused().problem(),
                tried.refused() == null ? "" : tried.refused().detail(),
                tried.readers().stream()
                        .map(reading -> reader(reading, envelope, visit))
                        .toList(),
                tried.readersInAll(),
                commands(question, visit.look().behind()));
    }

    private static String text(
            Explanation.Step step, @org.jspecify.annotations.Nullable Flow flow, FlowTexts texts, Visit visit) {
        List<String> values = step.values();
        Object[] named = switch (step.finding()) {
            case ROUTE_PASSED, ROUTE_TAKEN -> {
                String way = texts.way(Objects.requireNonNull(flow), Integer.parseInt(values.getFirst()));
                String here = values.get(1);
                yield new Object[] {way, here.isEmpty() ? "" : visit.words().of("flows.try.here", here)};
            }
            case SENDER_KNOWN -> {
                Object[] all = values.toArray();
                all[2] = List.of(values.get(2).split(", ")).stream()
                        .filter(brand -> visit.operator().sees(new aiguillage.protocol.Brand(brand)))
                        .collect(Collectors.joining(", "));
                yield all;
            }
            default -> values.toArray();
        };
        return visit.words().of("flows.finding." + step.finding().name().toLowerCase(java.util.Locale.ROOT), named);
    }

    private static String english(Explanation.Step step) {
        return step.finding() == Explanation.Finding.NO_READERS ? step.values().getFirst() : "";
    }

    private static TryView.Reader reader(Tried.Reading reading, Envelope envelope, Visit visit) {
        String roles = reading.roles().stream().map(Object::toString).collect(Collectors.joining(", "));
        return new TryView.Reader(
                reading.party().id().value(),
                reading.isCopy(),
                visit.words()
                        .of(
                                "flows.try.why",
                                roles,
                                envelope.flow().brand(),
                                reading.party().region()));
    }

    private static List<String> commands(Question question, Behind behind) {
        var words = new ArrayList<Object>(List.of(
                "flows",
                "explain",
                "--sender",
                question.envelope().sender(),
                "--flow",
                question.envelope().flow()));
        question.envelope().extensions().forEach((name, value) -> {
            words.add("--attribute");
            words.add(name + "=" + value);
        });
        if (question.bytes() >= 0) {
            words.add("--size");
            words.add(question.bytes() + "B");
        }
        if (question.isSigned()) {
            words.add("--signed");
        }
        return List.of(behind.command(words.toArray()), behind.send("/operator/flows/explanations", json(question)));
    }

    private static String json(Question question) {
        ObjectNode json = JsonMapper.shared()
                .createObjectNode()
                .put("sender", question.envelope().sender().value())
                .put("flow", question.envelope().flow().toString());
        if (!question.envelope().extensions().isEmpty()) {
            ObjectNode attributes = json.putObject("attributes");
            question.envelope().extensions().forEach(attributes::put);
        }
        if (question.bytes() >= 0) {
            json.put("bytes", question.bytes());
        }
        if (question.isSigned()) {
            json.put("signed", true);
        }
        return json.toString();
    }
}
