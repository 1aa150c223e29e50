package aiguillage.gateway.outbox;

import aiguillage.gateway.disk.Book;
import aiguillage.gateway.disk.Disk;
import aiguillage.gateway.dms.FileNames;
import aiguillage.gateway.dms.Folders;
import aiguillage.protocol.Brand;
import aiguillage.protocol.DocumentId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts answered documents where the DMS finds them: steps 4 to 6 of the package page. A batch shares two
/// writes of the book and one forcing of each folder.
final class Filing {

    private final Folders folders;
    private final Records records;
    private final Disk disk;
    private final InstantSource clock;

    Filing(Folders folders, Records records, Disk disk, InstantSource clock) {
        this.folders = folders;
        this.records = records;
        this.disk = disk;
        this.clock = clock;
    }

    /// Where a brand's answered documents go, for people.
    Path folder(Brand brand) {
        return folders.root().resolve(brand.value());
    }

    /// Keeps the answers (step 4). After this the hub is not asked again.
    List<Item> keep(List<Answered> batch) {
        List<Item> items = new ArrayList<>();
        List<Book.Change> changes = new ArrayList<>();
        Set<Path> chosen = new HashSet<>();
        for (Answered answered : batch) {
            Waiting ended = answered.document().ended(ending(answered, chosen));
            items.add(new Item(ended, answered.payload()));
            changes.add(records.put(ended));
        }
        records.write(changes, true);
        return items;
    }

    /// Files what [#keep] kept (steps 5 and 6). Repeating it after a failure or a crash is harmless.
    void file(List<Item> items) throws IOException {
        Set<Path> touched = new LinkedHashSet<>();
        for (Item item : items) {
            Path folder = folder(item.document());
            disk.folder(folder);
            if (Files.exists(item.payload())) { // else it was filed before a crash, and the DMS may have taken it away
                file(item, folder);
            }
            touched.add(folder); // also what was filed before: it may never have been forced
            touched.add(item.payload().getParent());
        }
        for (Path folder : touched) {
            disk.force(folder);
        }
        records.write(filed(items), false);
    }

    private List<Book.Change> filed(List<Item> items) {
        List<Book.Change> changes = new ArrayList<>();
        Map<Id, DocumentState> told = new HashMap<>(); // the book does not yet show what this batch writes
        for (Item item : items) {
            Waiting document = item.document();
            var id = new Id(document.flow().brand(), document.envelope().id());
            DocumentState earlier = told.get(id);
            DocumentState before = earlier == null ? records.document(id.brand(), id.document()) : earlier;
            changes.add(records.remove(document));
            if (tellsTheState(document, before)) {
                DocumentState state = state(document, before);
                told.put(id, state);
                changes.add(records.put(id.brand(), state));
                if (state.state() == DocumentState.State.REFUSED) {
                    changes.add(records.failed(id.brand(), state));
                }
            }
        }
        return changes;
    }

    private void file(Item item, Path folder) throws IOException {
        Ending ending = ending(item.document());
        Refusal refusal = ending.refusal();
        if (refusal != null) {
            Path reason = folder.resolve(ending.name() + FileNames.REASON);
            String text = ReasonText.of(item.document(), refusal, clock.instant());
            disk.write(reason, text.getBytes(StandardCharsets.UTF_8));
        } else {
            String receipt = String.valueOf(ending.receipt());
            disk.write(folder.resolve(ending.name() + FileNames.RECEIPT), receipt.getBytes(StandardCharsets.UTF_8));
        }
        disk.move(item.payload(), folder.resolve(ending.name()));
    }

    private Ending ending(Answered answered, Set<Path> chosen) {
        Waiting document = answered.document();
        return switch (answered.answer()) {
            case Answer.Accepted(var receipt) ->
                new Ending(freeName(document, folders.done(document.flow()), chosen), receipt, null);
            case Answer.Refused(var refusal) ->
                new Ending(freeName(document, folders.refused(document.flow()), chosen), null, refusal);
        };
    }

    private static String freeName(Waiting document, Path folder, Set<Path> chosen) {
        String unique = HexFormat.of().toHexDigits(document.number());
        String name = FileNames.free(
                document.name(),
                unique,
                candidate -> chosen.contains(folder.resolve(candidate))
                        || isThere(folder.resolve(candidate))
                        || isThere(folder.resolve(candidate + FileNames.RECEIPT))
                        || isThere(folder.resolve(candidate + FileNames.REASON)));
        chosen.add(folder.resolve(name));
        return name;
    }

    /// A link that leads nowhere is there as well.
    private static boolean isThere(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    private Path folder(Waiting document) {
        return ending(document).refusal() == null ? folders.done(document.flow()) : folders.refused(document.flow());
    }

    /// The state under an id is that of the document which first had it; only a hub's yes to a retry replaces
    /// it.
    private static boolean tellsTheState(Waiting document, @Nullable DocumentState before) {
        return before == null
                || ending(document).refusal() == null
                || (before.number() == document.number()
                        && before.flow().equals(document.flow().toString()));
    }

    private DocumentState state(Waiting document, @Nullable DocumentState before) {
        Ending ending = ending(document);
        return new DocumentState(
                document.envelope().id().value(),
                document.flow().toString(),
                document.number(),
                ending.refusal() == null ? DocumentState.State.ACCEPTED : DocumentState.State.REFUSED,
                document.content(),
                ending.name(),
                ending.receipt(),
                ending.refusal(),
                before == null ? List.of() : before.notices(),
                clock.instant().toString());
    }

    private static Ending ending(Waiting document) {
        Ending ending = document.ending();
        if (ending == null) {
            throw new AssertionError("only answered documents are filed: " + document);
        }
        return ending;
    }

    /// A document, its file in the outbox, and the hub's last word on it.
    record Answered(Waiting document, Path payload, Answer.Final answer) {}

    /// A document whose answer is kept, and its file in the outbox.
    record Item(Waiting document, Path payload) {}

    /// Brands have their own ids.
    private record Id(Brand brand, DocumentId document) {}
}
