package aiguillage.hub.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// What is in a folder, page by page; each page is a request of the party's. For one thread.
public final class Listing implements AutoCloseable {

    /// Files and folders in one page: so many of the longest names fit one message of any protocol.
    static final int PAGE = 100;

    private final Guard guard;
    private final Pages pages;
    private final Runnable closed;

    /// Looks up the next files and folders; none at the end.
    @FunctionalInterface
    interface Pages {
        List<Node> next() throws IOException;
    }

    /// @param closed runs once, at its end
    Listing(Guard guard, Pages pages, Runnable closed) {
        this.guard = guard;
        this.pages = pages;
        this.closed = closed;
    }

    /// The next files and folders; none at the end.
    public List<Node> next() throws FileRefused {
        return guard.counted(pages::next);
    }

    @Override
    public void close() {
        closed.run();
    }

    /// Pages of what is known already.
    static Pages of(List<Node> nodes) {
        Iterator<Node> rest = nodes.iterator();
        return () -> {
            var page = new ArrayList<Node>();
            while (page.size() < PAGE && rest.hasNext()) {
                page.add(rest.next());
            }
            return page;
        };
    }
}
