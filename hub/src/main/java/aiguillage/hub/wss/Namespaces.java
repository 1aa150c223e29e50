package aiguillage.hub.wss;

import aiguillage.hub.star.Root;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xml.sax.SAXException;

/// The namespaces that hold where a reader is. For one message and one thread.
final class Namespaces {

    private final Map<String, Deque<String>> scope = new HashMap<>();
    private final Deque<List<String>> declaredBy = new ArrayDeque<>();
    private final List<String> declaring = new ArrayList<>();

    /// The element that begins next declares one.
    ///
    /// @throws SAXException with a [BadSignature] when it is none that may be signed: other tools would refuse
    ///     the message, and a long one could be written a million times
    void declare(String prefix, String uri) throws SAXException {
        if (!Root.maySign(uri)) {
            throw new SAXException(new BadSignature("A namespace is not absolute, or has more than "
                    + Root.NAMESPACE_CHARS_MAX + " characters, and so cannot be signed: " + uri));
        }
        declaring.add(prefix);
        scope.computeIfAbsent(prefix, _ -> new ArrayDeque<>()).push(uri);
    }

    void begin() {
        declaredBy.push(List.copyOf(declaring));
        declaring.clear();
    }

    /// The prefixes that the innermost element itself declares.
    List<String> declaredHere() {
        return declaredBy.getFirst();
    }

    /// What a prefix stands for; empty where it stands for nothing.
    String of(String prefix) {
        Deque<String> all = scope.get(prefix);
        return all == null ? "" : all.getFirst();
    }

    void end() {
        for (String prefix : declaredBy.pop()) {
            scope.computeIfPresent(prefix, (_, all) -> {
                all.pop();
                return all.isEmpty() ? null : all;
            });
        }
    }
}
