package aiguillage.hub.alerts;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Looks up a host's addresses for as long as somebody has time. The system's look-up cannot be broken off, only
/// left, and a virtual thread would keep its carrier from all others meanwhile: it ends by itself, on a thread of its
/// own, of which an alert rule has one at a time.
record HostLookUp(String host) {

    /// @throws IOException when there is no address, or none in time
    InetAddress[] within(Duration patience) throws IOException {
        var found = new FutureTask<>(() -> InetAddress.getAllByName(host));
        Thread.ofPlatform().daemon().name("alert-name-look-up").start(found);
        try {
            return found.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(host + " could not be looked up within " + patience, e);
        } catch (ExecutionException e) {
            throw new IOException(host + " has no address: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the look-up of " + host + " was interrupted", e);
        }
    }
}
