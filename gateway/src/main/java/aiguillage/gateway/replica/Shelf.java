package aiguillage.gateway.replica;

import aiguillage.protocol.Brand;
import aiguillage.protocol.DatasetName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The replicas of all hubs, by dataset: a brand is served by one hub, so a name is there once.
public record Shelf(List<Replicas> hubs) {

    public Shelf {
        hubs = List.copyOf(hubs);
    }

    /// A brand's datasets, by name.
    public List<KeptReplica> of(Brand brand) {
        return hubs.stream()
                .flatMap(hub -> hub.all().stream())
                .filter(kept -> kept.name().brand().equals(brand))
                .sorted(Comparator.comparing(KeptReplica::name))
                .toList();
    }

    /// Whether the brand's hub has said which datasets there are.
    public boolean isComplete(Brand brand) {
        return hubs.stream().anyMatch(hub -> hub.hasTold(brand));
    }

    public Optional<KeptReplica> find(DatasetName name) {
        for (Replicas hub : hubs) {
            Optional<KeptReplica> found = hub.find(name);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
