package aiguillage.hub.routing;

import aiguillage.config.Locations;
import aiguillage.config.Nearest;
import aiguillage.config.Problems;
import aiguillage.config.Quoted;
import aiguillage.hub.directory.Directory;
import aiguillage.hub.directory.Region;
import aiguillage.hub.directory.Role;
import aiguillage.protocol.Brand;
import aiguillage.protocol.PartyId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Finds names that nothing bears, and says which one was probably meant. Each method answers whether the name
/// is good.
final class Dangling {

    private final TableFile file;
    private final Directory directory;
    private final Locations where;
    private final Problems problems;

    Dangling(TableFile file, Directory directory, Locations where, Problems problems) {
        this.file = file;
        this.directory = directory;
        this.where = where;
        this.problems = problems;
    }

    boolean brand(Brand brand, String path, String why) {
        return file.brands().containsKey(brand)
                || dangling("No brand", brand.value(), texts(file.brands().keySet()), "brands", path, why);
    }

    /// A party that has to do with this brand.
    boolean party(PartyId id, Brand brand, String path, String why) {
        TableFile.PartySection party = file.parties().get(id);
        if (party == null) {
            return dangling("No party", id.value(), texts(file.parties().keySet()), "parties", path, why);
        }
        if (!party.brands().contains(brand)) {
            problems.add(
                    where.at(path),
                    path,
                    "The party \"" + id + "\" does not hold the brand " + brand + ".",
                    why,
                    "Name another party, or add " + brand + " to its `brands` in line "
                            + where.at("parties." + id).line() + ".");
            return false;
        }
        return true;
    }

    /// A role that some party has for this brand.
    boolean role(Role role, Brand brand, String path, String why) {
        if (!directory.having(role, brand).isEmpty()) {
            return true;
        }
        Optional<Role> elsewhere =
                directory.roles().stream().filter(role::equals).findFirst();
        if (elsewhere.isEmpty()) {
            return dangling("No party's role", role.value(), texts(directory.roles()), "", path, why);
        }
        problems.add(
                where.at(path),
                path,
                "No party with the role \"" + role + "\" holds the brand " + brand + ".",
                why,
                "Add " + brand + " to the `brands` of one, or name another role.");
        return false;
    }

    boolean region(Region region, String path, String why) {
        return directory.regions().contains(region)
                || dangling("No party's region", region.value(), texts(directory.regions()), "", path, why);
    }

    private boolean dangling(String kind, String name, List<String> known, String section, String path, String why) {
        Optional<String> nearest = Nearest.to(name, known);
        String write = nearest.map(right -> "Write \"" + right + "\"" + declared(section, right))
                .orElse(section.isEmpty() ? "Give it to a party" : "");
        String add = section.isEmpty() ? "" : "dd " + Quoted.of(name) + " under `" + section + "`";
        String remedy = write.isEmpty() ? "A" + add : add.isEmpty() ? write : write + ", or a" + add;
        problems.add(where.at(path), path, kind + " is named " + Quoted.of(name) + ".", why, remedy + ".");
        return false;
    }

    private String declared(String section, String name) {
        return section.isEmpty()
                ? ""
                : " (declared in line " + where.at(section + "." + name).line() + ")";
    }

    private static List<String> texts(Collection<?> names) {
        return names.stream().map(Object::toString).toList();
    }
}
