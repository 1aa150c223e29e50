package aiguillage.gateway.export;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.replica.Changes;
import aiguillage.dataset.replica.Health;
import aiguillage.dataset.replica.NotKnown;
import aiguillage.dataset.replica.Replica;
import aiguillage.dataset.replica.UnreadableRows;
import aiguillage.dataset.replica.Version;
import aiguillage.dataset.replica.Walk;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import aiguillage.gateway.disk.Disk;
import aiguillage.gateway.dms.Folders;
import aiguillage.gateway.replica.Cells;
import aiguillage.gateway.replica.Freshness;
import aiguillage.gateway.replica.KeptReplica;
import aiguillage.gateway.replica.Shelf;
import aiguillage.gateway.status.Trouble.Kind;
import aiguillage.gateway.status.Troubles;
import aiguillage.protocol.Brand;
import aiguillage.protocol.DatasetName;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes one dataset's files. Only one thread calls it.
public final class PriceFiles {

    private static final Logger log = LoggerFactory.getLogger(PriceFiles.class);

    private final Export export;
    private final Shelf shelf;
    private final Path folder;
    private final Disk disk;
    private final Troubles troubles;

    public PriceFiles(Export export, Shelf shelf, Folders folders, Disk disk, Troubles troubles) {
        this.export = export;
        this.shelf = shelf;
        this.folder = folders.prices(export.dataset().brand());
        this.disk = disk;
        this.troubles = troubles;
    }

    /// Writes a file when another version holds than the one written last.
    public void look() {
        Optional<KeptReplica> kept = shelf.find(export.dataset());
        if (kept.isEmpty()) {
            lacks();
            return;
        }
        troubles.ended(Kind.EXPORT_UNKNOWN, export.dataset().toString());
        Freshness freshness = kept.get().freshness();
        Optional<Replica> rows = kept.get().replica();
        // By the hub's time alone: a file written by a wrong clock could not be taken back.
        if (rows.isEmpty() || !freshness.isHubTime()) {
            return;
        }
        try {
            if (rows.get().health(freshness.now()) instanceof Health.Exact(var version, var _)
                    && !mark(version).equals(written())) {
                write(rows.get(), kept.get().subscription().schema(), version, freshness.now());
            }
            troubles.ended(Kind.FOLDER_UNUSABLE, where());
            troubles.ended(Kind.EXPORT_UNFIT, what());
        } catch (UnreadableRows e) {
            suspect(kept.get(), e);
        } catch (UncheckedIOException e) { // a walk through the rows
            if (e.getCause() instanceof UnreadableRows unreadable) {
                suspect(kept.get(), unreadable);
            } else {
                putOff(e);
            }
        } catch (IOException e) {
            troubles.report(Kind.FOLDER_UNUSABLE, where(), e);
        } catch (Unfit e) {
            troubles.report(Kind.EXPORT_UNFIT, what(), e);
        } catch (NotKnown | IllegalStateException e) {
            putOff(e);
        }
    }

    /// Before the hub has said which lists there are, nobody knows; then it is to be told to people.
    private void lacks() {
        Brand brand = export.dataset().brand();
        if (shelf.isComplete(brand)) {
            List<DatasetName> there =
                    shelf.of(brand).stream().map(KeptReplica::name).toList();
            troubles.report(
                    Kind.EXPORT_UNKNOWN,
                    export.dataset().toString(),
                    there.isEmpty() ? "there is no list of this brand" : "there are " + there);
        }
    }

    /// The list and its form: another form of the same list has troubles of its own.
    private String what() {
        return export.dataset() + " (" + export.form().ending() + ")";
    }

    /// The folder and what is written there: other files in the same folder have troubles of their own.
    private String where() {
        return folder + " (" + export.dataset().name() + ", " + export.form().ending() + ")";
    }

    /// The replica begins anew, or forgot the version meanwhile: there is a next look.
    private void putOff(Exception e) {
        log.atInfo().setCause(e).addKeyValue("dataset", export.dataset()).log("No file could be written now.");
    }

    /// Nothing is wrong with the folder: the rows are damaged, and their keeper looks through all of them.
    private void suspect(KeptReplica kept, UnreadableRows e) {
        kept.suspect();
        log.atWarn()
                .setCause(e)
                .addKeyValue("dataset", export.dataset())
                .log("No file could be written: its rows cannot be read. They are looked through and put right.");
    }

    /// What files of ours begin with that are in no list's form; the same list may be written in another form, too.
    private String name() {
        return export.dataset().name()
                + (export.form() instanceof Csv ? "" : export.form().ending());
    }

    private Path mark() { // beside the files, and not among our data: it is about what lies there
        return folder.resolve(name() + ".written");
    }

    /// What says that a version is written: with another scope, the same version has other rows.
    private static String mark(Version version) {
        return version.number() + " " + version.root();
    }

    /// The mark of the version written last, or empty.
    private String written() throws IOException {
        return Files.exists(mark()) ? Files.readString(mark()).strip() : "";
    }

    /// The number of the version written last; 0: none was.
    private long numberWritten() throws IOException {
        String number = written().split(" ", 2)[0];
        return number.matches("[0-9]{1,18}") ? Long.parseLong(number) : 0;
    }

    private void write(Replica rows, Schema schema, Version version, Instant at) throws IOException, NotKnown, Unfit {
        disk.folder(folder);
        long before = numberWritten();
        Path unfinished = folder.resolve(name() + ".tmp");
        String whole = export.dataset().name() + "-v" + version.number();
        String delta = whole + "-since-v" + before;
        boolean isDelta = export.delta()
                && before > 0
                && before < version.number()
                && writeChanges(rows, schema, before, version, at, unfinished, delta);
        if (!isDelta) {
            try (Form.Rows out = begin(unfinished, schema, title(whole, version, at))) {
                Walk all = rows.rowsOf(version.number());
                while (all.hasNext()) {
                    Change change = all.next();
                    write(out, schema, change.key(), change.rows().list());
                }
                out.end();
            }
        }
        String name = (isDelta ? delta : whole) + export.form().ending();
        force(unfinished);
        disk.move(unfinished, folder.resolve(name));
        disk.force(folder);
        disk.write(unfinished, mark(version).getBytes(StandardCharsets.US_ASCII)); // a number cut short is another one
        disk.move(unfinished, mark());
        log.atInfo()
                .addKeyValue("dataset", export.dataset())
                .addKeyValue("file", name)
                .log("A price file was written.");
    }

    private Form.Title title(String document, Version version, Instant at) {
        return new Form.Title(document, version.effective(), at, export.delta());
    }

    private Form.Rows begin(Path file, Schema schema, Form.Title title) throws IOException, Unfit {
        OutputStream out = Files.newOutputStream(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        try {
            return export.form().begin(out, schema, title);
        } catch (IllegalArgumentException e) {
            out.close();
            Files.delete(file);
            throw new Unfit(e);
        }
    }

    private static void force(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private void write(Form.Rows out, Schema schema, Key key, List<Row> rows) throws IOException {
        for (Row row : rows) {
            String action = export.delta() ? "put" : null;
            out.write(Cells.of(schema, key, row), action);
        }
    }

    /// All rows of each key that changed; `remove` for a key that has none any more.
    ///
    /// @return false when the replica does not know the changes: then everything is written
    private boolean writeChanges(
            Replica rows, Schema schema, long since, Version version, Instant at, Path file, String name)
            throws IOException, Unfit {
        try (Form.Rows out = begin(file, schema, title(name, version, at))) {
            Key after = null;
            do {
                Changes page = rows.changes(since, at, after, Replica.AT_ONCE_MAX);
                if (!page.to().equals(version)) {
                    return false;
                }
                for (Changes.Changed one : page.changed()) {
                    if (one.after().isEmpty()) {
                        out.write(keyAlone(schema, one.key()), "remove");
                    }
                    write(out, schema, one.key(), one.after().list());
                }
                after = page.next();
            } while (after != null);
            out.end();
            return true;
        } catch (NotKnown e) {
            log.atInfo()
                    .setCause(e)
                    .addKeyValue("dataset", export.dataset())
                    .log("Changes are not known: all is written.");
            return false;
        }
    }

    private static List<@Nullable String> keyAlone(Schema schema, Key key) {
        List<@Nullable String> cells = new ArrayList<>();
        Iterator<String> keys = key.cells().iterator();
        for (Column column : schema.columns()) {
            cells.add(column.key() ? keys.next() : null);
        }
        return cells;
    }

    /// The list's columns are not those that the export is set up for.
    private static final class Unfit extends Exception {

        private static final long serialVersionUID = 1;

        Unfit(IllegalArgumentException why) {
            super(why.getMessage(), why);
        }
    }
}
