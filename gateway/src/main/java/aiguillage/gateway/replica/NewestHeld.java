package aiguillage.gateway.replica;

import aiguillage.dataset.replica.Version;
import aiguillage.gateway.disk.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The number of the newest version that held here and that no hub can take back. An older one is signed as well: who
/// has its statement could offer it as the newest. So this is kept beside the replica's folder, whatever becomes of the
/// rows or of the dataset itself, for the key that the hub signs with: another hub counts from 1. Only the keeper's.
final class NewestHeld {

    private final Path file;
    private final LearnedKey key;
    private final Disk disk;

    /// Null: not read yet.
    private @Nullable Kept kept;

    private record Kept(String key, long number) {}

    NewestHeld(Path file, LearnedKey key, Disk disk) {
        this.file = file;
        this.key = key;
        this.disk = disk;
    }

    /// 0 when nothing is known that held.
    long number() throws IOException {
        Kept known = kept;
        if (known == null) {
            known = Files.exists(file) ? read(Files.readAllLines(file)) : new Kept("", 0);
            kept = known;
        }
        return known.key().equals(key.kept()) ? known.number() : 0;
    }

    /// What is no number counts as none: the file is put in place whole, so only damage of the disk makes such a
    /// one, and the next version writes it anew.
    private static Kept read(List<String> lines) {
        boolean isRead = lines.size() == 2 && lines.getLast().matches("[0-9]{1,18}");
        return isRead ? new Kept(lines.getFirst(), Long.parseLong(lines.getLast())) : new Kept("", 0);
    }

    /// A version is among the rows; it is durable when this returns.
    ///
    /// @param stood when it stood at the hub, by the hub's time: one that was published ahead of its time can be
    ///     withdrawn until then, and who does not hear of that takes it for one that holds
    void holds(Version base, Instant stood) throws IOException {
        boolean isKept =
                !base.effective().isAfter(base.published()) || !base.effective().isAfter(stood);
        String signedWith = key.kept();
        if (signedWith == null || base.number() <= number() || !isKept) {
            return;
        }
        String text = signedWith + "\n" + base.number() + "\n";
        disk.replace(file, text.getBytes(StandardCharsets.UTF_8));
        kept = new Kept(signedWith, base.number());
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
