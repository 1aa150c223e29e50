package aiguillage.hub.files;

import java.io.IOException;
import java.util.List;

/// What is in a folder, page by page. For one thread.
@FunctionalInterface
public interface Listing {

    /// The next files and folders; none at the end.
    List<Node> next() throws IOException;

    /// All at once.
    static Listing of(List<Node> nodes) {
        return new Listing() {
            private boolean isGiven;

            @Override
            public List<Node> next() {
                List<Node> page = isGiven ? List.of() : nodes;
                isGiven = true;
                return page;
            }
        };
    }
}
