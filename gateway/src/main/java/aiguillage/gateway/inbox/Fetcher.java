package aiguillage.gateway.inbox;

import java.io.IOException;
import java.io.InputStream;

/// Fetches a payload too large to come with its delivery.
@FunctionalInterface
public interface Fetcher {

    /// Opens the payload.
    ///
    /// @param from how many bytes are here already
    /// @return the bytes from there on
    InputStream payload(String dataRef, long from) throws IOException, InterruptedException;
}
