package aiguillage.gateway.status;

import aiguillage.gateway.disk.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// `status.json` in the gateway's data folder, by which another process learns how the gateway is. Replaced as a
/// whole, so a reader never sees half of one.
public final class StatusFile {

    /// Held back for the status that says that the disk is full.
    private static final int RESERVE_BYTES = 64 * 1024;

    /// The reserve is made again only when there is room enough for it to matter to nobody.
    private static final long ROOM_BYTES = 4L * RESERVE_BYTES;

    private final Path data;
    private final Path file;
    private final Path reserve;
    private final JsonMapper json = JsonMapper.shared();

    public StatusFile(Path data) {
        this.data = data;
        this.file = data.resolve("status.json");
        this.reserve = data.resolve("status.reserve");
    }

    public void write(GatewayStatus status, Disk disk) throws IOException {
        byte[] content = json.writeValueAsBytes(status);
        try {
            replace(content, disk);
        } catch (IOException full) {
            disk.delete(reserve);
            replace(content, disk);
        }
        if (!Files.exists(reserve) && disk.usableBytes(data) > ROOM_BYTES) {
            disk.write(reserve, new byte[RESERVE_BYTES]);
        }
    }

    private void replace(byte[] content, Disk disk) throws IOException {
        Path fresh = file.resolveSibling("status.json.tmp");
        disk.write(fresh, content);
        disk.move(fresh, file);
    }

    /// The status written last, or empty when no gateway ever ran on this data folder.
    public Optional<GatewayStatus> read() throws IOException {
        return Files.exists(file)
                ? Optional.of(json.readValue(Files.readAllBytes(file), GatewayStatus.class))
                : Optional.empty();
    }
}
