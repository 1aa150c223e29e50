package aiguillage.gateway.page;

import aiguillage.gateway.outbox.DocumentState;
import aiguillage.gateway.outbox.Notice;
import aiguillage.gateway.outbox.ReasonText;
import aiguillage.gateway.outbox.Refusal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// Documents in words.
final class Failures {

    private final JsonMapper json = JsonMapper.shared();

    /// One that was refused, or did not arrive.
    Failure of(DocumentState state, PageWords words) {
        Refusal refusal = state.refusal();
        if (state.state() == DocumentState.State.REFUSED && refusal != null) {
            ReasonText.Explained said = ReasonText.explained(refusal, words.locale());
            String todo = said.hubSays().isEmpty()
                    ? said.remedy()
                    : words.of("failure.hub-says", said.remedy(), said.hubSays());
            return shown(state, words.time(state.changed()), said.what(), said.why(), todo);
        }
        Notice notice = Notice.last(notices(state)).stream()
                .filter(Notice::isFailure)
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError("not a failure: " + state.id()));
        return shown(
                state,
                words.time(notice.time()),
                words.of("failure." + notice.state(), notice.reader()),
                notice.reason(),
                words.of("failure." + notice.state() + ".todo", notice.reader()));
    }

    List<Notice> notices(DocumentState state) {
        return state.notices().stream().map(notice -> Notice.of(notice, json)).toList();
    }

    private static Failure shown(DocumentState state, String time, String what, String why, String todo) {
        return new Failure(state.name(), state.flow(), state.id(), time, what, why, todo, link(state));
    }

    /// Where all about a document is.
    static String link(DocumentState state) {
        String brand = state.flow().substring(0, state.flow().indexOf('/'));
        return "/document?brand=" + brand + "&id=" + encoded(state.id());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
