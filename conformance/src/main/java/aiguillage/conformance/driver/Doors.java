package aiguillage.conformance.driver;

import java.util.List;
import java.util.Optional;

/// The doors that the kit can go through.
public record Doors(List<Door> all) {

    public Doors {
        all = List.copyOf(all);
    }

    /// Every door, the plainest first.
    public static Doors every() {
        return new Doors(List.of(
                new RestDoor(),
                StarDoor.plain(),
                StarDoor.signed(),
                new SftpDoor(),
                new FtpsDoor(),
                new As4Door(),
                new FlatDoor()));
    }

    public Optional<Door> named(String name) {
        return all.stream().filter(door -> door.name().equals(name)).findFirst();
    }
}
