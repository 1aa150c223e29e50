package aiguillage.gateway.page;

/// How one browser gets its pages: each template's `look`.
///
/// @param party whose gateway it is; empty for who may not look
/// @param isKnown whether the browser has a session
/// @param path of the page, with its query: where a change of language comes back to
/// @param style the address of the sheet
/// @param script the address of the script
public record Look(PageWords words, String party, boolean isKnown, String path, String style, String script) {

    /// A text of the page.
    public String text(String key, Object... values) {
        return words.of(key, values);
    }
}
