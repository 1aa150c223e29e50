package aiguillage.hub.sftp;

import aiguillage.hub.files.FileRefused;
import aiguillage.hub.files.Listing;
import aiguillage.hub.files.Node;
import aiguillage.hub.files.PartyTree;
import aiguillage.hub.files.Reading;
import aiguillage.hub.files.TreePath;
import aiguillage.hub.files.Writing;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One conversation in SFTP version 3: each request is one step of the tree, answered before the next is read,
/// so that a party that does not read its answers sends no more. For one thread.
final class SftpSession implements AutoCloseable {

    /// Files and folders open at once.
    static final int HANDLES_MAX = 16;

    /// The most of a file in one answer; clients ask on.
    private static final int DATA_BYTES_MAX = 64 << 10;

    private static final int INIT = 1;
    private static final int OPEN = 3;
    private static final int CLOSE = 4;
    private static final int READ = 5;
    private static final int WRITE = 6;
    private static final int LSTAT = 7;
    private static final int FSTAT = 8;
    private static final int SETSTAT = 9;
    private static final int FSETSTAT = 10;
    private static final int OPENDIR = 11;
    private static final int READDIR = 12;
    private static final int REMOVE = 13;
    private static final int MKDIR = 14;
    private static final int RMDIR = 15;
    private static final int REALPATH = 16;
    private static final int STAT = 17;
    private static final int RENAME = 18;

    private static final int FLAG_WRITE = 2;
    private static final int FLAG_APPEND = 4;
    private static final int FLAG_CREATE = 8;
    private static final int FLAG_TRUNCATE = 16;
    private static final int FLAG_EXCLUSIVE = 32;

    private final PartyTree tree;
    private final DataInputStream in;
    private final Answers answers;
    private final Map<Integer, Handle> handles = new HashMap<>();
    private int lastHandle;

    private sealed interface Handle {

        record Read(Reading file) implements Handle {}

        record Write(Writing file, String name) implements Handle {}

        record Folder(Listing listing) implements Handle {}
    }

    SftpSession(PartyTree tree, InputStream in, OutputStream out) {
        this.tree = tree;
        this.in = new DataInputStream(in);
        this.answers = new Answers(new DataOutputStream(out));
    }

    /// Answers until the other end has no more to ask.
    ///
    /// @throws IOException when the line broke, or what came is no SFTP
    void converse() throws IOException {
        Message first = Message.read(in);
        if (first == null || first.type() != INIT) {
            throw new IOException("the conversation does not begin with INIT");
        }
        answers.version();
        answers.flush();
        for (Message message = Message.read(in); message != null; message = Message.read(in)) {
            answer(message);
            if (in.available() == 0) {
                answers.flush();
            }
        }
    }

    private void answer(Message message) throws IOException {
        int id = message.id();
        try {
            step(id, message);
        } catch (FileRefused refused) {
            int code = switch (refused.kind()) {
                case NOT_THERE -> Answers.NO_SUCH_FILE;
                case NOT_ALLOWED -> Answers.PERMISSION_DENIED;
                case FAILED, BUSY -> Answers.FAILURE;
            };
            answers.status(id, code, refused.sentence());
        } catch (CharacterCodingException e) {
            answers.status(id, Answers.BAD_MESSAGE, "A name is not in UTF-8: set your program to UTF-8.");
        } catch (BufferUnderflowException e) {
            answers.status(id, Answers.BAD_MESSAGE, "The message ends before its end.");
        }
    }

    private void step(int id, Message message) throws IOException {
        switch (message.type()) {
            case OPEN -> open(id, message);
            case CLOSE -> close(id, message);
            case READ -> read(id, message);
            case WRITE -> write(id, message);
            case LSTAT, STAT -> answers.attributes(id, tree.stat(path(message)));
            case FSTAT -> answers.attributes(id, node(handle(message)));
            case SETSTAT -> {
                Node _ = tree.stat(path(message));
                if (message.attributes() >= 0) {
                    throw new FileRefused(
                            FileRefused.Kind.FAILED, "A file's length is set by who writes it, while it is open.");
                }
                ok(id);
            }
            case FSETSTAT -> {
                Handle handle = handle(message);
                long length = message.attributes();
                if (length >= 0) {
                    written(handle).truncate(length);
                }
                ok(id);
            }
            case OPENDIR -> answers.handle(id, opened(new Handle.Folder(listing(path(message)))));
            case READDIR -> list(id, message);
            case REMOVE -> {
                tree.remove(path(message));
                ok(id);
            }
            case RENAME -> {
                tree.rename(path(message), path(message));
                ok(id);
            }
            case MKDIR, RMDIR ->
                answers.status(id, Answers.PERMISSION_DENIED, "Folders are the hub's: none is made, none removed.");
            case REALPATH -> answers.path(id, path(message).toString());
            default -> answers.status(id, Answers.UNSUPPORTED, "That is not to be had here.");
        }
    }

    private static TreePath path(Message message) throws IOException {
        return TreePath.of(message.text());
    }

    private Listing listing(TreePath path) throws IOException {
        requireRoom();
        return tree.list(path);
    }

    private void ok(int id) throws IOException {
        answers.status(id, Answers.OK, "");
    }

    private void requireRoom() throws FileRefused {
        if (handles.size() >= HANDLES_MAX) {
            throw new FileRefused(
                    FileRefused.Kind.FAILED,
                    "You have " + HANDLES_MAX + " files and folders open, which is all that one session may.");
        }
    }

    private int opened(Handle handle) {
        handles.put(++lastHandle, handle);
        return lastHandle;
    }

    private void open(int id, Message message) throws IOException {
        requireRoom();
        TreePath path = path(message);
        int flags = message.number();
        message.attributes();
        if ((flags & FLAG_WRITE) == 0) {
            answers.handle(id, opened(new Handle.Read(tree.read(path))));
            return;
        }
        var mode = new PartyTree.Mode(
                (flags & FLAG_TRUNCATE) != 0,
                (flags & FLAG_APPEND) != 0,
                (flags & FLAG_EXCLUSIVE) == 0,
                (flags & FLAG_CREATE) != 0);
        Writing file = tree.write(path, mode);
        answers.handle(id, opened(new Handle.Write(file, path.toString())));
    }

    private static int number(Message message) {
        ByteBuffer bytes = message.bytes();
        return bytes.remaining() == Integer.BYTES ? bytes.getInt() : 0;
    }

    private Handle handle(Message message) throws FileRefused {
        return known(handles.get(number(message)));
    }

    private static Handle known(@Nullable Handle handle) throws FileRefused {
        if (handle == null) {
            throw new FileRefused(FileRefused.Kind.FAILED, "Nothing is open under this handle.");
        }
        return handle;
    }

    /// The close of a file that was written waits until the hub has it: who sees success knows that it is
    /// accepted.
    private void close(int id, Message message) throws IOException {
        switch (known(handles.remove(number(message)))) {
            case Handle.Read(var file) -> file.close();
            case Handle.Write(var file, var _) -> file.finish();
            case Handle.Folder(var listing) -> listing.close();
        }
        ok(id);
    }

    private void read(int id, Message message) throws IOException {
        if (!(handle(message) instanceof Handle.Read(var file))) {
            throw new FileRefused(FileRefused.Kind.FAILED, "It was not opened for reading.");
        }
        long offset = message.longNumber();
        int wanted = message.number(); // unsigned
        if (wanted == 0) {
            throw new FileRefused(FileRefused.Kind.FAILED, "No bytes were asked for.");
        }
        int bytesMax = Integer.compareUnsigned(wanted, DATA_BYTES_MAX) < 0 ? wanted : DATA_BYTES_MAX;
        byte[] bytes = file.read(offset, bytesMax);
        if (bytes.length == 0) {
            answers.status(id, Answers.EOF, "");
        } else {
            answers.data(id, bytes);
        }
    }

    private void write(int id, Message message) throws IOException {
        Writing file = written(handle(message));
        file.write(message.longNumber(), message.bytes());
        ok(id);
    }

    private static Writing written(Handle handle) throws FileRefused {
        if (handle instanceof Handle.Write(var file, var _)) {
            return file;
        }
        throw new FileRefused(FileRefused.Kind.FAILED, "It was not opened for writing.");
    }

    private static Node node(Handle handle) {
        return switch (handle) {
            case Handle.Read(var file) -> file.node();
            case Handle.Write(var file, var name) -> new Node(name, false, file.bytes(), Instant.EPOCH);
            case Handle.Folder _ -> new Node("", true, 0, Instant.EPOCH);
        };
    }

    private void list(int id, Message message) throws IOException {
        if (!(handle(message) instanceof Handle.Folder(var listing))) {
            throw new FileRefused(FileRefused.Kind.FAILED, "It is no folder.");
        }
        List<Node> page = listing.next();
        if (page.isEmpty()) {
            answers.status(id, Answers.EOF, "");
        } else {
            answers.names(id, page);
        }
    }

    /// Whatever is still open: parts stay, to be resumed. One that cannot be closed keeps no other open.
    ///
    /// @throws IOException when one could not be, after all were tried
    @Override
    public void close() throws IOException {
        IOException failed = null;
        for (Handle handle : handles.values()) {
            try {
                abandon(handle);
            } catch (IOException e) {
                if (failed != null) {
                    e.addSuppressed(failed);
                }
                failed = e;
            }
        }
        handles.clear();
        if (failed != null) {
            throw failed;
        }
    }

    private static void abandon(Handle handle) throws IOException {
        switch (handle) {
            case Handle.Read(var file) -> file.close();
            case Handle.Write(var file, var _) -> file.breakOff();
            case Handle.Folder(var listing) -> listing.close();
        }
    }
}
