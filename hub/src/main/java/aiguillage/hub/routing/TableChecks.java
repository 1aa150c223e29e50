package aiguillage.hub.routing;

import aiguillage.config.Locations;
import aiguillage.config.Problems;
import aiguillage.hub.directory.Directory;
import aiguillage.protocol.Brand;
import aiguillage.protocol.DatasetName;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

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

    /// @return the datasets, those that are good
    SortedMap<DatasetName, Dataset> check() {
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
}
