package aiguillage.gateway.dms;

import aiguillage.gateway.status.Trouble.Kind;
import aiguillage.gateway.status.Troubles;
import aiguillage.protocol.Brand;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks beside the folders of the brands for `out` folders with files of a brand that is not served: a mistyped
/// name, or a brand that is missing in the configuration. Nobody else would ever look there. Only one thread calls
/// it.
public final class BrandFolders {

    private final Folders folders;
    private final List<Brand> served;
    private final Troubles troubles;

    /// The `out` folders told about, until they are empty or gone.
    private Set<String> told = new HashSet<>();

    public BrandFolders(Folders folders, List<Brand> served, Troubles troubles) {
        this.folders = folders;
        this.served = List.copyOf(served);
        this.troubles = troubles;
    }

    /// Tells which folders hold files that nobody sends now.
    public void look() {
        Set<String> found = new HashSet<>();
        try {
            for (Path folder : shown(folders.root())) {
                Path out = folder.resolve("out");
                Path first = isServed(folder) ? null : first(out);
                if (first != null) {
                    found.add(out.toString());
                    troubles.report(
                            Kind.BRAND_NOT_SERVED,
                            out.toString(),
                            out.relativize(first).toString());
                }
            }
            troubles.ended(Kind.FOLDER_UNUSABLE, folders.root().toString());
        } catch (IOException e) {
            troubles.report(Kind.FOLDER_UNUSABLE, folders.root().toString(), e);
            return;
        }
        told.removeAll(found);
        told.forEach(gone -> troubles.ended(Kind.BRAND_NOT_SERVED, gone));
        told = found;
    }

    /// By name, or as another name of the same folder: a link, or other letters where case does not count.
    private boolean isServed(Path folder) throws IOException {
        String name = folder.getFileName().toString();
        for (Brand brand : served) {
            Path own = folders.root().resolve(brand.value());
            if (name.equals(brand.value()) || (Files.exists(own) && Files.isSameFile(own, folder))) {
                return true;
            }
        }
        return false;
    }

    /// A file in the folder, or in the folders of the kinds in it; null when there is none. What may not be read is
    /// somebody else's.
    private static @Nullable Path first(Path out) {
        try {
            Path file = firstIn(out);
            if (file == null && Files.isDirectory(out)) {
                for (Path kind : shown(out)) {
                    file = file == null ? firstIn(kind) : file;
                }
            }
            return file;
        } catch (IOException notOurs) {
            return null;
        }
    }

    private static @Nullable Path firstIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return null;
        }
        try (var files = Files.newDirectoryStream(folder, BrandFolders::isFinished)) {
            var first = files.iterator();
            return first.hasNext() ? first.next() : null;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static boolean isFinished(Path file) {
        return !FileNames.isUnfinished(file.getFileName().toString())
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static List<Path> shown(Path parent) throws IOException {
        try (var folders = Files.newDirectoryStream(
                parent, p -> !p.getFileName().toString().startsWith(".") && Files.isDirectory(p))) {
            List<Path> all = new ArrayList<>();
            folders.forEach(all::add);
            return all;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
