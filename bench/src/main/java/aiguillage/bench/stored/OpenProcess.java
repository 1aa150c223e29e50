package aiguillage.bench.stored;

import aiguillage.bench.server.Child;
import aiguillage.bench.server.Site;
import aiguillage.hub.DataFolder;
import aiguillage.hub.store.RocksStore;
import java.nio.file.Path;

/// What a restart is held against: a process that opens the hub's store and does nothing more.
public final class OpenProcess {

    private OpenProcess() {}

    /// @param arguments the site's folder
    public static void main(String[] arguments) {
        var site = new Site(Path.of(arguments[0]));
        try (var _ = RocksStore.open(new DataFolder(site.config().data()).store())) {
            Child.say("open");
        }
    }
}
