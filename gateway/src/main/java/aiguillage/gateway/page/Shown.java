package aiguillage.gateway.page;

import java.util.Map;

/// What a request for a page comes to.
sealed interface Shown {

    /// A page.
    ///
    /// @param template its path under `src/main/jte`, without the ending
    record Page(int status, String template, Map<String, Object> values) implements Shown {}

    /// A file to keep.
    ///
    /// @param name may be anything: it is made safe
    @SuppressWarnings("ArrayRecordComponent") // made for one answer
    record File(String type, String name, byte[] content) implements Shown {}

    static Shown page(String template, String name, Object value) {
        return new Page(200, template, Map.of(name, value));
    }
}
