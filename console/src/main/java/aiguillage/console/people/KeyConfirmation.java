package aiguillage.console.people;

import aiguillage.console.key.Ceremony;
import aiguillage.console.key.KeyRefused;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Confirmation;
import aiguillage.console.web.Visit;
import aiguillage.console.web.Words;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.yard.OperatorKeyRow;
import aiguillage.protocol.Digest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Shows a form once more, in words, and has the person's own key sign just that: this session, this address,
/// these fields. Another form, another session, or the same one again needs the key again.
public final class KeyConfirmation implements Confirmation {

    private static final String ASSERTION = "assertion";
    private static final String REASON = "reason";
    private static final int SHOWN_CHARS_MAX = 300;

    /// Words for fields begin so.
    private static final String FIELD = "web.field.";

    /// Words for what is chosen in a field begin so, with the field's name behind it.
    private static final String VALUE = "web.value.";

    /// The names of what is chosen from a list begin so.
    private static final String CHOSEN = "pick:";

    private final KeyDesk desk;

    KeyConfirmation(KeyDesk desk) {
        this.desk = desk;
    }

    /// @param to where the form goes
    /// @param what will be done, as a sentence
    /// @param fields of the form, all
    /// @param shown those which people read, by their words
    public record Form(String to, String what, String reason, Map<String, String> fields, Map<String, String> shown) {}

    @Override
    public Optional<Answer> missing(Visit visit, String deed) {
        if (visit.upload() != null) {
            throw visit.words().refused(Problem.BAD_REQUEST, "people.confirm.file");
        }
        if (visit.form().containsKey(REASON) && visit.field(REASON).isEmpty()) {
            return Optional.of(Answer.page("people/reason", "view", form(visit, deed)));
        }
        String purpose = purpose(visit);
        if (!visit.form().containsKey(ASSERTION)) {
            return Optional.of(ask(visit, deed, purpose, false));
        }
        try {
            OperatorKeyRow key = desk.prove(visit, Ceremony.CONFIRM, purpose);
            if (!key.operator().equals(visit.operator().name())) {
                throw visit.words().refused(Problem.NOT_AUTHORISED, "people.key.other");
            }
            return Optional.empty();
        } catch (KeyRefused e) {
            if (e.fault() == KeyRefused.Fault.STALE) {
                return Optional.of(ask(visit, deed, purpose, true));
            }
            throw desk.refused(e, visit);
        }
    }

    private Answer ask(Visit visit, String deed, String purpose, boolean isAgain) {
        return Answer.page(
                "people/confirm",
                Map.of(
                        "ask",
                        desk.askFor(Ceremony.CONFIRM, purpose, visit.operator().name()),
                        "view",
                        form(visit, deed),
                        "isAgain",
                        isAgain));
    }

    private static Form form(Visit visit, String deed) {
        var fields = new LinkedHashMap<>(visit.form());
        fields.remove(ASSERTION);
        return new Form(
                visit.look().path(),
                visit.words().of(deed, visit.variables().toArray()),
                visit.field(REASON).orElse(""),
                fields,
                shown(fields, visit.words()));
    }

    /// The fields that have a word, under it: others are the machine's. Of what was chosen from a list, how many.
    private static Map<String, String> shown(Map<String, String> fields, Words words) {
        var shown = new LinkedHashMap<String, String>();
        fields.forEach((name, value) -> {
            if (!value.isBlank() && !name.equals(REASON)) {
                String said = words.find(VALUE + name + "." + value).orElse(value);
                words.find(FIELD + name).ifPresent(word -> shown.put(word, cut(said)));
            }
        });
        long chosen =
                fields.keySet().stream().filter(name -> name.startsWith(CHOSEN)).count();
        if (chosen > 0) {
            shown.put(words.of("web.field.pick"), words.number(chosen));
        }
        return shown;
    }

    private static String cut(String value) {
        return value.length() > SHOWN_CHARS_MAX ? value.substring(0, SHOWN_CHARS_MAX) + " …" : value;
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
