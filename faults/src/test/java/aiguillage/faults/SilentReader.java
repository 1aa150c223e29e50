package aiguillage.faults;

import aiguillage.hub.testing.Heap;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicLong;

/// A consumer that takes every delivery from its stream and never acknowledges one.
final class SilentReader implements Fault {

    @Override
    public String name() {
        return "silent-reader";
    }

    @Override
    public String promised() {
        return "what nobody acknowledges waits on disk, costs no memory, and holds nobody back";
    }

    @Override
    public void run(Site site, Scale scale, Row row) throws Exception {
        site.startAll();
        site.awaitRecovery(name());
        try (var probe = new Probe(site, name());
                HttpClient centre = site.client("opel-centre")) {
            Probe.Took before = probe.during(scale.busy().dividedBy(2));
            long heapBefore = Heap.usedBytes(site.hub().pid());
            var read = new AtomicLong();
            HttpResponse<InputStream> stream = centre.send(
                    HttpRequest.newBuilder(site.uri("/v1/inbox/stream")).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            Thread.ofVirtual().start(() -> readAll(stream.body(), read));
            row.probed.addAll(Bulk.submit(site, name(), scale.unacknowledged()));
            Probe.Took meanwhile = probe.during(scale.busy().dividedBy(2));
            row.probed.addAll(probe.receipted());
            long heap = Heap.usedBytes(site.hub().pid()) - heapBefore;
            row.injected = scale.unacknowledged() + " deliveries read from a stream (" + (read.get() >> 10)
                    + " kB), none acknowledged";
            row.seen = "others: " + meanwhile + "; before " + before + "; heap grew by " + (heap >> 20) + " MB";
            stream.body().close();
        }
        row.recovered(site.awaitRecovery(name()));
    }

    private static void readAll(InputStream stream, AtomicLong read) {
        var some = new byte[8_192];
        try (stream) {
            for (int n = stream.read(some); n >= 0; n = stream.read(some)) {
                read.addAndGet(n);
            }
        } catch (java.io.IOException ended) {
            read.addAndGet(0); // closed by us
        }
    }
}
