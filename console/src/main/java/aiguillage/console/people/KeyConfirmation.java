package aiguillage.console.people;

import aiguillage.console.key.Ceremony;
import aiguillage.console.key.KeyRefused;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Confirmation;
import aiguillage.console.web.Visit;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.yard.OperatorKeyRow;
import aiguillage.protocol.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Shows a form once more, in words, and has the person's own key sign just that: this session, this address,
/// these fields. Another form, another session, or the same one again needs the key again.
public final class KeyConfirmation implements Confirmation {

    private static final String ASSERTION = "assertion";
    private static final String REASON = "reason";
    private static final int SHOWN_CHARS_MAX = 300;

    /// What the machine needs, and people do not.
    private static final Set<String> NOT_SHOWN = Set.of("form", "credential", REASON);

    private final KeyDesk desk;

    KeyConfirmation(KeyDesk desk) {
        this.desk = desk;
    }

    /// @param to where the form goes
    /// @param what will be done, as a sentence
    /// @param fields of the form, all
    /// @param shown those which people read
    public record Form(String to, String what, String reason, Map<String, String> fields, Map<String, String> shown) {}

    @Override
    public Optional<Answer> missing(Visit visit) {
        if (visit.upload() != null) {
            throw new Refused(Problem.BAD_REQUEST, visit.words().of("people.confirm.file"));
        }
        if (visit.form().containsKey(REASON) && visit.field(REASON).isEmpty()) {
            return Optional.of(Answer.page("people/reason", "view", form(visit)));
        }
        String purpose = purpose(visit);
        if (!visit.form().containsKey(ASSERTION)) {
            return Optional.of(ask(visit, purpose, false));
        }
        try {
            OperatorKeyRow key = desk.prove(visit, Ceremony.CONFIRM, purpose);
            if (!key.operator().equals(visit.operator().name())) {
                throw new Refused(Problem.NOT_AUTHORISED, visit.words().of("people.key.other"));
            }
            return Optional.empty();
        } catch (KeyRefused e) {
            if (e.fault() == KeyRefused.Fault.STALE) {
                return Optional.of(ask(visit, purpose, true));
            }
            throw desk.refused(e, visit);
        }
    }

    private Answer ask(Visit visit, String purpose, boolean isAgain) {
        return Answer.page(
                "people/confirm",
                Map.of(
                        "ask",
                        desk.askFor(Ceremony.CONFIRM, purpose, visit.operator().name()),
                        "view",
                        form(visit),
                        "isAgain",
                        isAgain));
    }

    private static Form form(Visit visit) {
        var fields = new TreeMap<>(visit.form());
        fields.remove(ASSERTION);
        var shown = new TreeMap<>(fields);
        shown.keySet().removeAll(NOT_SHOWN);
        shown.replaceAll(
                (_, value) -> value.length() > SHOWN_CHARS_MAX ? value.substring(0, SHOWN_CHARS_MAX) + " …" : value);
        return new Form(visit.look().path(), what(visit), visit.field(REASON).orElse(""), fields, shown);
    }

    /// The room's words `<room>.confirm.<last part of the path>`, or the address where it has none.
    private static String what(Visit visit) {
        String[] parts = visit.path().substring(1).split("/", -1);
        String subject = String.join(", ", visit.variables());
        String last = Stream.of(parts)
                .skip(1)
                .filter(part -> !visit.variables().contains(part))
                .reduce("", (_, part) -> part);
        String key = parts[0] + ".confirm" + (last.isEmpty() ? "" : "." + last);
        return visit.words()
                .find(key, visit.variables().toArray())
                .orElseGet(() -> visit.words().of("people.confirm.any", visit.path(), subject));
    }

    /// What the key signs for. Each part stands behind its length, so that no two forms are the same text.
    /// Browsers write ends of lines in two ways.
    private static String purpose(Visit visit) {
        String fields = new TreeMap<>(visit.form())
                .entrySet().stream()
                        .filter(field -> !field.getKey().equals(ASSERTION))
                        .flatMap(field -> Stream.of(field.getKey(), field.getValue()))
                        .map(KeyConfirmation::measured)
                        .collect(Collectors.joining());
        String all = measured(String.valueOf(visit.token()))
                + measured(visit.method())
                + measured(visit.look().path())
                + fields;
        return Digest.of(all.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static String measured(String text) {
        String same = text.replace("\r\n", "\n").replace('\r', '\n');
        return same.length() + ":" + same;
    }
}
