package aiguillage.hub;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.flows.CurrentTable;
import aiguillage.hub.flows.InForce;
import aiguillage.hub.schema.KeptSchemas;
import aiguillage.hub.schema.SchemaRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The flows file and the folder of schemas, as the configuration names them: a new hub begins with them. Afterwards
/// the table in force is the journal's.
///
/// @param file may be gone once the hub has begun
record FlowsOnDisk(Path file, Path schemas) {

    private static final Logger LOG = LoggerFactory.getLogger(FlowsOnDisk.class);

    /// What a new hub begins with.
    ///
    /// @param now to the millisecond
    Entry.TableApplied first(KeptSchemas kept, Instant now) throws IOException, SchemaRefused {
        String text = Files.readString(file);
        InForce ready = CurrentTable.prepared(file.toString(), text, schemas, kept, now);
        return new Entry.TableApplied(now, text, ready.schemas(), "first start");
    }

    /// Says so when somebody has changed a file, and it is not in force.
    void warnIfOther(CurrentTable flows) throws IOException {
        List<String> changed = flows.changedSchemas();
        if (!changed.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("folder", schemas)
                    .addKeyValue("schemas", changed)
                    .log("Schemas in the folder differ from those in force, which the hub keeps. Put the new ones into"
                            + " force with `aiguillage flows apply`.");
        }
        byte[] inForce = flows.table().text().getBytes(StandardCharsets.UTF_8);
        if (Files.exists(file) && !Arrays.equals(Files.readAllBytes(file), inForce)) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .log("The flows file differs from the table in force. See what would change with `aiguillage flows"
                            + " diff`, put it into force with `aiguillage flows apply`.");
        }
    }
}
