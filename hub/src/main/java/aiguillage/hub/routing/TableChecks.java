package aiguillage.hub.routing;

import aiguillage.config.Locations;
import aiguillage.config.Problems;
import aiguillage.hub.directory.As4Certificate;
import aiguillage.hub.directory.Directory;
import aiguillage.protocol.Brand;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.PartyId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Proves a file whose sections are each well formed: that they fit together.
final class TableChecks {

    private final TableFile file;
    private final Directory directory;
    private final Locations where;
    private final Problems problems;
    private final Dangling dangling;

    TableChecks(TableFile file, Directory directory, Locations where, Problems problems) {
        this.file = file;
        this.directory = directory;
        this.where = where;
        this.problems = problems;
        this.dangling = new Dangling(file, directory, where, problems);
    }

    /// @param now certificates must be of use then; null: they are not looked at
    /// @return the datasets, those that are good
    SortedMap<DatasetName, Dataset> check(@Nullable Instant now) {
        file.parties().forEach((id, party) -> {
            List<Brand> brands = party.brands();
            for (int i = 0; i < brands.size(); i++) {
                dangling.brand(
                        brands.get(i),
                        "parties." + id + ".brands[" + i + "]",
                        "The party would hold a brand that has no flows.");
            }
            party.flat().keySet().stream()
                    .filter(flow -> !file.flows().containsKey(flow))
                    .forEach(flow -> problems.add(
                            where.at("parties." + id + ".flat." + flow),
                            "parties." + id + ".flat",
                            "No flow is named \"" + flow + "\".",
                            "The party would wait for files that never come.",
                            "Write the name of a flow, or remove the line."));
        });
        if (now != null) {
            file.parties().forEach((id, party) -> encryption(id, party.as4().encryption(), now));
        }
        file.flows()
                .forEach(
                        (name, section) -> new FlowChecks(name, section, directory, where, problems, dangling).check());
        var datasets = new TreeMap<DatasetName, Dataset>();
        file.datasets()
                .forEach((name, section) -> new DatasetChecks(name, section, directory, where, problems, dangling)
                        .checked()
                        .ifPresent(dataset -> datasets.put(name, dataset)));
        return datasets;
    }

    /// What waits for the party would wait until another table comes.
    private void encryption(PartyId id, @Nullable As4Certificate certificate, Instant now) {
        if (certificate == null) {
            return;
        }
        Instant from = certificate.x509().getNotBefore().toInstant();
        Instant until = certificate.x509().getNotAfter().toInstant();
        boolean isPast = now.isAfter(until);
        if (isPast || now.isBefore(from)) {
            String path = "parties." + id + ".as4.encryption";
            problems.add(
                    where.at(path),
                    path,
                    isPast
                            ? "The certificate of " + id + " ended at " + until + "."
                            : "The certificate of " + id + " begins at " + from + ", and it is "
                                    + now.truncatedTo(ChronoUnit.SECONDS) + ".",
                    "Nothing may be encrypted to it, so all that is for the party by AS4 would wait.",
                    isPast
                            ? "Ask the party for its new certificate; or remove the line, and payloads are encrypted by"
                                    + " TLS alone."
                            : "Apply the file then, and leave the old certificate in it until then.");
        }
    }
}
