package aiguillage.gateway.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One document.
///
/// @param state where it is, a sentence
/// @param failure why it did not arrive; null when nothing is wrong
/// @param notices what became of it at each reader, in words, oldest first
/// @param hasReceipt whether the hub has signed for it
/// @param link of this page
/// @param receipt the end of the addresses of its receipt, `?brand=…&id=…`
/// @param hub what the hub says; null when it was not asked
public record DocumentView(
        String id,
        String file,
        String flow,
        Level level,
        String state,
        @Nullable Failure failure,
        List<String> notices,
        boolean hasReceipt,
        String link,
        String receipt,
        Found.@Nullable Hub hub) {

    public DocumentView {
        notices = List.copyOf(notices);
    }
}
