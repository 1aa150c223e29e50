package aiguillage.app.demo;

import aiguillage.app.dataset.GatewayDataset;
import aiguillage.app.terminal.Failure;
import aiguillage.config.ConfigReader;
import aiguillage.gateway.GatewayConfig;
import aiguillage.gateway.client.Answer;
import aiguillage.gateway.client.PriceBook;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// A dealer's system at the local door of its gateway: all that the demo knows of what a dealer has comes from here.
final class DealerDoor implements AutoCloseable {

    private final PartyId dealer;
    private final PriceBook book;
    private final GatewayDataset dataset;

    private DealerDoor(PartyId dealer, PriceBook book, GatewayDataset dataset) {
        this.dealer = dealer;
        this.book = book;
        this.dataset = dataset;
    }

    static DealerDoor of(PartyId dealer, Path gatewayYaml) throws IOException {
        GatewayConfig settings =
                new ConfigReader().file(gatewayYaml, GatewayConfig.class).value();
        Path token = settings.data().resolve("tokens").resolve(Cast.OPEL.value());
        var door = URI.create("http://" + settings.door().listen());
        var book = new PriceBook(door, Files.readString(token).strip(), Cast.PRICES.toString());
        return new DealerDoor(dealer, book, GatewayDataset.of(gatewayYaml, Cast.PRICES.toString()));
    }

    PartyId dealer() {
        return dealer;
    }

    /// Whether the gateway says that it holds this version, and that its rows are those that the hub signed.
    boolean isAt(long version) {
        JsonNode standing = standing();
        String health = standing.path("health").asString("");
        return standing.path("version").asLong() == version && (health.equals("exact") || health.equals("proven"));
    }

    /// Whether a version is here that holds later.
    boolean isComing(long version) {
        return standing()
                .path("coming")
                .valueStream()
                .anyMatch(next -> next.path("version").asLong() == version);
    }

    private JsonNode standing() {
        try {
            return dataset.standing();
        } catch (Failure notYet) { // a gateway that has not heard of the dataset knows none
            return MissingNode.getInstance();
        }
    }

    /// What a part costs now; nothing when the gateway has no such row or no answer.
    Optional<String> price(String part) throws IOException, InterruptedException {
        return price(book.lookup(List.of(part)));
    }

    /// What a part will cost; nothing when the gateway cannot say.
    Optional<String> price(String part, Instant at) throws IOException, InterruptedException {
        try {
            return price(book.lookup(List.of(part), at));
        } catch (PriceBook.Refused unknown) {
            return Optional.empty();
        }
    }

    private static Optional<String> price(Answer answer) {
        return answer.rows().stream()
                .filter(Objects::nonNull)
                .map(row -> row.get("price"))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /// All rows, page by page.
    List<Map<String, @Nullable String>> copy() throws IOException, InterruptedException {
        List<Map<String, @Nullable String>> rows = new ArrayList<>();
        String after = null;
        do {
            Answer page = book.list("", after);
            page.rows().stream().filter(Objects::nonNull).forEach(rows::add);
            after = page.next();
        } while (after != null);
        return rows;
    }

    /// The parts that the gateway says have changed since a version, decoys included.
    Set<String> changedSince(long version) throws IOException, InterruptedException {
        Set<String> changed = new HashSet<>();
        String after = null;
        do {
            JsonNode page = book.changes(version, after);
            page.path("changed")
                    .forEach(one -> changed.add(one.path("key").path(0).asString()));
            after = page.path("next").isString() ? page.path("next").asString() : null;
        } while (after != null);
        return changed;
    }

    @Override
    public void close() {
        book.close();
        dataset.close();
    }
}
