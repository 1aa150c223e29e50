package aiguillage.gateway.page;

/// A request that gets a page which says why it is not answered.
final class PageRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String words;

    private PageRefused(int status, String words) {
        super(words, null, false, false);
        this.status = status;
        this.words = words;
    }

    /// @param words the key of the sentence
    static PageRefused of(int status, String words) {
        return new PageRefused(status, words);
    }

    int status() {
        return status;
    }

    String words() {
        return words;
    }
}
