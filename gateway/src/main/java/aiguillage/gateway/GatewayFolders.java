package aiguillage.gateway;

import aiguillage.gateway.dms.Folders;
import aiguillage.protocol.Brand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folders a gateway stands on, made and checked before anything starts.
record GatewayFolders(Path data, Folders dms) {

    /// @throws IOException when one cannot be used; the message says which, why and what to do
    static GatewayFolders prepare(GatewayConfig config) throws IOException {
        var folders = new GatewayFolders(
                config.data().toAbsolutePath(), new Folders(config.dms().toAbsolutePath()));
        usable(folders.data());
        for (Brand brand : config.brands()) {
            Path own = folders.dms().root().resolve(brand.value());
            for (String name : new String[] {"out", "done", "refused", "in"}) {
                usable(own.resolve(name));
            }
            if (!Files.getFileStore(own).equals(Files.getFileStore(folders.data()))) {
                throw new IOException(own + " and " + folders.data() + " are on different file systems. Files are"
                        + " renamed from one to the other, which is what keeps them whole through a crash. Set `data`"
                        + " to a folder on the same file system as `dms`.");
            }
        }
        return folders;
    }

    Path outbox() {
        return data.resolve("outbox");
    }

    Path inbox(String hub) {
        return data.resolve("inbox").resolve(hub);
    }

    Path datasets(String hub) {
        return data.resolve("datasets").resolve(hub);
    }

    Path book() {
        return data.resolve("book");
    }

    Path tokens() {
        return data.resolve("tokens");
    }

    private static void usable(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IOException(
                    "The folder " + folder + " cannot be made: " + e + ". Make it, and let the gateway's user write"
                            + " there.",
                    e);
        }
        if (!Files.isWritable(folder)) {
            throw new IOException("The folder " + folder + " cannot be written by the gateway's user "
                    + System.getProperty("user.name") + ". Change its rights.");
        }
    }
}
