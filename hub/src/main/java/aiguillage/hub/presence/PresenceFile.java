package aiguillage.hub.presence;

import aiguillage.pki.DurableFile;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The file that keeps who was heard over a restart: `presence.json` of the data folder. Not part of backups:
/// there it would be old.
public final class PresenceFile {

    private static final Logger LOG = LoggerFactory.getLogger(PresenceFile.class);

    private final Path file;
    private final Presence presence;
    private final Predicate<PartyId> isParty;
    private final JsonMapper json = JsonMapper.shared();

    /// Reads the file, where there is one that can be read. Without one only a new hub knows that nobody was
    /// heard.
    ///
    /// @param isNew whether the hub has an empty journal
    /// @param isParty whether somebody is a party still; others are forgotten
    public PresenceFile(Path file, boolean isNew, Predicate<PartyId> isParty, InstantSource clock) {
        this.file = file;
        this.isParty = isParty;
        this.presence = new Presence(clock, read(isNew, clock.instant()));
    }

    public Presence presence() {
        return presence;
    }

    private Presence.Kept read(boolean isNew, Instant now) {
        var nothing = new Presence.Kept(now, isNew, Map.of());
        if (isNew || !Files.exists(file)) {
            return nothing;
        }
        try {
            JsonNode all = json.readTree(Files.readAllBytes(file));
            var parties = new HashMap<PartyId, Seen>();
            for (JsonNode one : all.path("parties")) {
                parties.put(
                        new PartyId(one.path("party").asString()),
                        new Seen(
                                Instant.parse(one.path("at").asString()),
                                Door.valueOf(one.path("door").asString()),
                                one.path("agent").asString(),
                                0));
            }
            return new Presence.Kept(
                    Instant.parse(all.path("since").asString()),
                    all.path("whole").asBoolean(),
                    parties);
        } catch (IOException | JacksonException | DateTimeException | IllegalArgumentException e) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .setCause(e)
                    .log("Who was heard before the start cannot be read and counts as unknown. It heals by itself.");
            return nothing;
        }
    }

    /// Writes the file anew, if somebody was heard since; to be called once a minute and at the end.
    ///
    /// @throws IOException when the disk does not take it; the next call tries again
    public synchronized void keep() throws IOException {
        if (!presence.takeChanged()) {
            return;
        }
        Presence.Kept kept = presence.kept(isParty);
        ObjectNode all = json.createObjectNode();
        all.put("since", kept.since().toString()).put("whole", kept.isWhole());
        ArrayNode parties = all.putArray("parties");
        kept.parties()
                .forEach((party, seen) -> parties.addObject()
                        .put("party", party.value())
                        .put("at", seen.at().toString())
                        .put("door", seen.door().name())
                        .put("agent", seen.agent()));
        try {
            DurableFile.write(file, json.writeValueAsBytes(all));
        } catch (IOException e) {
            presence.changed();
            throw e;
        }
    }
}
