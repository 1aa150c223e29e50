package aiguillage.hub.routing;

import aiguillage.config.Locations;
import aiguillage.config.Problems;
import aiguillage.hub.directory.Directory;
import aiguillage.hub.directory.Region;
import aiguillage.hub.directory.Role;
import aiguillage.protocol.DatasetName;
import java.util.List;
import java.util.Optional;

/// Proves one dataset: that its section fits together, and its names are those of somebody.
final class DatasetChecks {

    private final DatasetName name;
    private final DatasetSection section;
    private final Locations where;
    private final Problems problems;
    private final Dangling dangling;
    private final Directory directory;
    private final String path;

    DatasetChecks(
            DatasetName name,
            DatasetSection section,
            Directory directory,
            Locations where,
            Problems problems,
            Dangling dangling) {
        this.name = name;
        this.section = section;
        this.directory = directory;
        this.where = where;
        this.problems = problems;
        this.dangling = dangling;
        this.path = "datasets." + name;
    }

    /// The dataset, or nothing when problems were added.
    Optional<Dataset> checked() {
        if (!dangling.brand(name.brand(), path, "Nobody would publish or read it.")) {
            return Optional.empty();
        }
        roles("from", section.from(), "Nobody could publish.");
        roles("to", section.to(), "Nobody would have a replica.");
        roles("lookups.roles", section.lookups().roles(), "Nobody more could look rows up.");
        section.rows().forEach(this::attribute);
        Region region = section.region();
        if (region != null) {
            dangling.region(region, path + ".region", "Nobody would have a replica.");
        }
        try {
            return Optional.of(DatasetSections.dataset(name, section));
        } catch (IllegalArgumentException e) {
            problems.add(where.at(path), path, e.getMessage() + ".", "", "Correct the dataset's section.");
            return Optional.empty();
        }
    }

    private void roles(String key, List<Role> roles, String why) {
        for (int i = 0; i < roles.size(); i++) {
            dangling.role(roles.get(i), name.brand(), path + "." + key + "[" + i + "]", why);
        }
    }

    /// A party without the attribute sees only rows that are for all, which is hardly meant for every reader.
    private void attribute(String column, String attribute) {
        boolean somebody = section.to().stream()
                .flatMap(role -> directory.having(role, name.brand()).stream())
                .flatMap(id -> directory.party(id).stream())
                .anyMatch(party -> !party.values(attribute).isEmpty());
        if (!somebody) {
            String at = path + ".rows." + column;
            problems.add(
                    where.at(at),
                    at,
                    "No reader has the attribute \"" + attribute + "\".",
                    "All would see only rows whose " + column + " is empty.",
                    "Name `country`, `region` or a key of the readers' `attributes`.");
        }
    }
}
