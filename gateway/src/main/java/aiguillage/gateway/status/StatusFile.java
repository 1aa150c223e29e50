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

    private final Path file;
    private final JsonMapper json = JsonMapper.shared();

    public StatusFile(Path data) {
        this.file = data.resolve("status.json");
    }

    public void write(GatewayStatus status, Disk disk) throws IOException {
        Path fresh = file.resolveSibling("status.json.tmp");
        disk.write(fresh, json.writeValueAsBytes(status));
        disk.move(fresh, file);
    }

    /// The status written last, or empty when no gateway ever ran on this data folder.
    public Optional<GatewayStatus> read() throws IOException {
        return Files.exists(file)
                ? Optional.of(json.readValue(Files.readAllBytes(file), GatewayStatus.class))
                : Optional.empty();
    }
}
