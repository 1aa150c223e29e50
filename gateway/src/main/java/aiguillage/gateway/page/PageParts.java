package aiguillage.gateway.page;

import aiguillage.gateway.dms.Folders;
import aiguillage.gateway.inbox.Inbox;
import aiguillage.gateway.link.HttpHistory;
import aiguillage.gateway.outbox.Outbox;
import aiguillage.gateway.replica.Shelf;
import aiguillage.gateway.status.GatewayStatus;
import aiguillage.protocol.Brand;
import aiguillage.protocol.PartyId;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What a gateway lends its page.
///
/// @param brands in the order of the configuration
/// @param hubs by name, each once
/// @param hubOf the name of the hub that serves a brand
/// @param renews whether the certificate is renewed by itself
/// @param version of this gateway's program
public record PageParts(
        PartyId party,
        List<Brand> brands,
        Outbox outbox,
        List<Inbox> inboxes,
        Shelf shelf,
        Folders folders,
        Map<String, HttpHistory> hubs,
        Map<Brand, String> hubOf,
        Supplier<GatewayStatus> status,
        boolean renews,
        Guests guests,
        InstantSource clock,
        ZoneId zone,
        String version) {

    public PageParts {
        brands = List.copyOf(brands);
        inboxes = List.copyOf(inboxes);
        hubs = new LinkedHashMap<>(hubs);
        hubOf = Map.copyOf(hubOf);
    }
}
