package aiguillage.gateway.link;

import static aiguillage.fuzz.Inputs.require;

import aiguillage.fuzz.Inputs;
import aiguillage.fuzz.Target;
import java.util.List;

/// One delivery, a structured CloudEvent.
public final class DeliveryTarget implements Target {

    static final String DELIVERY =
            "{\"specversion\":\"1.0\",\"id\":\"claim-1\",\"source\":\"urn:aiguillage:party:dealer-7\","
                    + "\"type\":\"opel/warranty-claim\",\"time\":\"2026-03-01T09:30:00Z\",\"datacontenttype\":\"text/plain\","
                    + "\"position\":\"7\",\"bytes\":1,\"digest\":\"sha-256=:LXEWQrcmsEQBYnyp+6wy9cgTD7GQPMTbAiWHF5IaRTE=:\","
                    + "\"data_base64\":\"eA==\"}";

    private final DeliveryJson json = new DeliveryJson();

    @Override
    public List<byte[]> seeds() {
        return Inputs.of(DELIVERY, DELIVERY.replace("\"data_base64\":\"eA==\"", "\"dataref\":\"/v1/inbox/7/payload\""));
    }

    @Override
    public void run(byte[] input) {
        HubEvent event = json.read("7", Inputs.text(input));
        require(event instanceof HubEvent.Offered || unreadable(event), "one or the other");
    }

    private static boolean unreadable(HubEvent event) {
        return event instanceof HubEvent.Unreadable(var position, var reason)
                && position.value() == 7
                && !reason.isBlank();
    }
}
