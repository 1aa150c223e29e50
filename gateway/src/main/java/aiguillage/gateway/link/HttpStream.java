package aiguillage.gateway.link;

import aiguillage.gateway.replica.DatasetJson;
import aiguillage.gateway.replica.DatasetNews;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The permanent stream over HTTP.
public final class HttpStream implements Hub.Stream {

    private final InputStream in;
    private final EventReader events;
    private final DeliveryJson json = new DeliveryJson();
    private final DatasetJson datasets = new DatasetJson();

    /// @param in the body of the hub's answer
    public HttpStream(InputStream in) {
        this.in = in;
        this.events = new EventReader(in);
    }

    @Override
    public HubEvent next() throws IOException {
        return switch (events.next()) {
            case EventReader.Read.Comment() -> new HubEvent.Beat();
            case EventReader.Read.Retry(var wait) -> new HubEvent.ComeBackAfter(wait);
            case EventReader.Read.Event(var id, var event, var data) -> read(id, event, data);
        };
    }

    private HubEvent read(String id, String event, String data) throws IOException {
        return switch (event) {
            case "delivery" -> delivery(id, data);
            case "goodbye" -> new HubEvent.Goodbye();
            default -> {
                DatasetNews news = datasets.event(event, data);
                // a kind of a later version is a beat: it shows that the hub is there
                yield news == null ? new HubEvent.Beat() : new HubEvent.Told(news);
            }
        };
    }

    private HubEvent delivery(String id, String data) throws IOException {
        try {
            return json.read(id, data);
        } catch (IllegalArgumentException e) {
            throw new IOException("the hub sent a delivery without a position: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing a line that only reads cannot fail", e);
        }
    }
}
