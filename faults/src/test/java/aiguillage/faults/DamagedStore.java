package aiguillage.faults;

import aiguillage.hub.testing.DamagedFolder;
import java.nio.file.Files;
import java.nio.file.Path;

/// Every file of a data folder is damaged, cut and deleted in turn.
final class DamagedStore implements Fault {

    @Override
    public String name() {
        return "damaged-store";
    }

    @Override
    public String promised() {
        return "each damage is named by `hub check` or refused by the hub; a wrong byte is never served";
    }

    @Override
    public boolean isCountedInSite() {
        return false;
    }

    @Override
    public void run(Site main, Scale scale, Row row) throws Exception {
        if (!scale.isFull()) {
            row.injected = "left out: DamagedFolderTest is its short form";
            return;
        }
        Path folder = Files.createDirectory(main.folder.resolveSibling("damaged-store"));
        var damaged = new DamagedFolder(folder);
        DamagedFolder.Outcome outcome =
                damaged.damageAll(scale.damages(), Long.getLong("aiguillage.seed", System.nanoTime()), what -> {});
        row.injected = outcome.damages() + " damages: bits flipped, cut, deleted, in each of "
                + damaged.files().size() + " files";
        row.seen = outcome.named() + " named by the check, " + outcome.refused() + " refused by a hub, "
                + outcome.harmless() + " in files that hold nothing, "
                + outcome.silent().size() + " unnoticed, "
                + outcome.wrong().size() + " wrong answers";
        if (!outcome.silent().isEmpty() || !outcome.wrong().isEmpty()) {
            throw new AssertionError("unnoticed: " + outcome.silent() + ", wrong: " + outcome.wrong());
        }
    }
}
