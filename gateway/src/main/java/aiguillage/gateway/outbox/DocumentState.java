package aiguillage.gateway.outbox;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the gateway knows of a document it sent or will send.
///
/// @param id its id
/// @param flow its flow
/// @param number its number in the outbox
/// @param state where it is
/// @param content the digests of envelope and payload: what makes a retry the same document
/// @param name its file's name in `done` or `refused`; the name it will have while it waits
/// @param receipt the hub's receipt (JSON), once accepted
/// @param refusal why it was not accepted
/// @param notices what the hub told about its deliveries (JSON), oldest first, at most [#NOTICES_MAX]
/// @param changed when any of this changed last, ISO 8601
public record DocumentState(
        String id,
        String flow,
        long number,
        State state,
        String content,
        String name,
        @Nullable String receipt,
        @Nullable Refusal refusal,
        List<String> notices,
        String changed) {

    public static final int NOTICES_MAX = 100;

    /// Where a document is.
    public enum State {
        WAITING,
        ACCEPTED,
        REFUSED
    }

    public DocumentState {
        notices = List.copyOf(notices);
    }

    DocumentState noticed(String notice, String now) {
        List<String> all = new ArrayList<>(notices);
        all.add(notice);
        List<String> kept = all.size() > NOTICES_MAX ? all.subList(all.size() - NOTICES_MAX, all.size()) : all;
        return new DocumentState(id, flow, number, state, content, name, receipt, refusal, kept, now);
    }
}
