package aiguillage.gateway.replica;

import aiguillage.protocol.DatasetName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// The folder of one replica.
record Place(Path folder) {

    static Place below(Path hub, DatasetName name) {
        return new Place(hub.resolve(name.brand().value()).resolve(name.name()));
    }

    /// The dataset, as the hub told it.
    Path subscription() {
        return folder.resolve("subscription.json");
    }

    /// When all rows were looked through last, by the hub's time.
    Path verified() {
        return folder.resolve("verified");
    }

    /// Which version held last; stays when the rest goes.
    Path newestHeld() {
        return folder.resolveSibling(folder.getFileName() + ".newest");
    }

    Path rows() {
        return folder.resolve("rows");
    }

    Path stack() {
        return folder.resolve("stack");
    }

    /// Layers that are not wholly here.
    Path coming() {
        return folder.resolve("coming");
    }

    /// Removes the rows; what is coming stays, since a layer that is half here is worth having.
    void removeRows() throws IOException {
        remove(rows());
        remove(stack());
    }

    /// Removes everything, the subscription first: what is left by a crash is no replica.
    void remove() throws IOException {
        Files.deleteIfExists(subscription());
        remove(folder);
    }

    private static void remove(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        List<Path> all;
        try (var found = Files.walk(tree)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            Files.deleteIfExists(one);
        }
    }
}
