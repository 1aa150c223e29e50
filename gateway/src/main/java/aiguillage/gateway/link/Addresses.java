package aiguillage.gateway.link;

import java.net.URI;
import java.util.List;

/// The addresses of one hub: stays on the one that works, goes on to the next when it fails. Safe from any thread.
final class Addresses {

    private final List<URI> all;
    private int current;

    Addresses(List<URI> all) {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("a hub has at least one address");
        }
        this.all = List.copyOf(all);
    }

    List<URI> all() {
        return all;
    }

    synchronized URI current() {
        return all.get(current);
    }

    /// This address failed. Goes on to the next, unless another thread has done so.
    synchronized void failed(URI address) {
        if (all.get(current).equals(address)) {
            current = (current + 1) % all.size();
        }
    }
}
