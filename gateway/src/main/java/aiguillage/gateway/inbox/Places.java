package aiguillage.gateway.inbox;

import aiguillage.gateway.dms.FileNames;
import aiguillage.gateway.dms.Folders;
import aiguillage.gateway.outbox.DocumentState;
import aiguillage.gateway.outbox.Outbox;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.FlowName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Where a delivery's file goes: `in/<kind>/`, or, when it is the hub's notice about a document of ours, beside
/// that document in `done/<kind>/` as `<file>.delivered.json`, `.rejected.json`, `.expired.json` or
/// `.returned.json`.
final class Places {

    private static final Pattern STATE = Pattern.compile("[a-z]{1,20}");

    private final Folders folders;
    private final Outbox outbox;
    private final JsonMapper json;

    Places(Folders folders, Outbox outbox, JsonMapper json) {
        this.folders = folders;
        this.outbox = outbox;
        this.json = json;
    }

    /// Is its document's own file at its place? A notice can come faster than the answer that is being filed.
    boolean isFiled(Delivery delivery) {
        Notice notice = notice(delivery);
        return notice == null || notice.about().state() != DocumentState.State.WAITING;
    }

    /// The record for a delivery, with a free name.
    ///
    /// @param chosen names chosen in this batch and not yet taken; the chosen one is added
    HandedOver choose(Delivery delivery, Set<Path> chosen) {
        Notice notice = notice(delivery);
        if (notice == null) {
            String name = FileNames.delivery(
                    delivery.position(),
                    delivery.envelope().id(),
                    delivery.envelope().contentType());
            return record(delivery, folders.in(delivery.flow()), name, true, chosen);
        }
        outbox.noticed(delivery.flow().brand(), new DocumentId(notice.about().id()), notice.text());
        Path done = folders.done(FlowName.of(notice.about().flow()));
        String name = notice.about().name() + "." + notice.state() + ".json";
        return record(delivery, done, name, false, chosen);
    }

    private HandedOver record(Delivery delivery, Path folder, String name, boolean withEnvelope, Set<Path> chosen) {
        String unique = delivery.position().toString();
        String free = FileNames.free(
                name,
                unique,
                candidate -> chosen.contains(folder.resolve(candidate)) || Files.exists(folder.resolve(candidate)));
        chosen.add(folder.resolve(free));
        return new HandedOver(
                delivery.position().value(),
                folders.root().relativize(folder).toString().replace('\\', '/'),
                free,
                withEnvelope,
                delivery.envelope().sender().value(),
                delivery.envelope().id().value(),
                delivery.digest().toString());
    }

    /// The notice in this delivery, or null when it is none, or speaks of a document this gateway does not know.
    private @Nullable Notice notice(Delivery delivery) {
        byte[] data = delivery.data();
        if (!delivery.flow().isNotices() || data == null) {
            return null;
        }
        try {
            JsonNode payload = json.readTree(data);
            String state = payload.path("state").asString("");
            var id = new DocumentId(payload.path("document").asString(""));
            DocumentState about = outbox.document(delivery.flow().brand(), id).orElse(null);
            return about == null || !STATE.matcher(state).matches()
                    ? null
                    : new Notice(about, state, new String(data, StandardCharsets.UTF_8));
        } catch (JacksonException | IllegalArgumentException notANotice) {
            return null; // handed over as any other delivery, so somebody sees it
        }
    }

    private record Notice(DocumentState about, String state, String text) {}
}
