package aiguillage.hub.sftp;

import aiguillage.hub.files.Node;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Writes the answers of SFTP version 3. For one thread.
final class Answers {

    static final int OK = 0;
    static final int EOF = 1;
    static final int NO_SUCH_FILE = 2;
    static final int PERMISSION_DENIED = 3;
    static final int FAILURE = 4;
    static final int BAD_MESSAGE = 5;
    static final int UNSUPPORTED = 8;

    private static final int VERSION = 2;
    private static final int STATUS = 101;
    private static final int HANDLE = 102;
    private static final int DATA = 103;
    private static final int NAME = 104;
    private static final int ATTRS = 105;

    private static final int PROTOCOL = 3;
    private static final int ATTRIBUTES_GIVEN = 1 | 4 | 8;
    private static final int FOLDER_MODE = 0x4000 | 0755;
    private static final int FILE_MODE = 0x8000 | 0644;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MMM dd  yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final DataOutputStream out;

    Answers(DataOutputStream out) {
        this.out = out;
    }

    @FunctionalInterface
    private interface Fields {
        void write(DataOutputStream out) throws IOException;
    }

    private void answer(int type, int id, Fields fields) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var body = new DataOutputStream(bytes);
        body.writeByte(type);
        body.writeInt(id);
        fields.write(body);
        out.writeInt(bytes.size());
        bytes.writeTo(out);
    }

    void version() throws IOException {
        answer(VERSION, PROTOCOL, _ -> {});
    }

    void status(int id, int code, String sentence) throws IOException {
        answer(STATUS, id, body -> {
            body.writeInt(code);
            text(body, sentence);
            text(body, "en");
        });
    }

    void handle(int id, int handle) throws IOException {
        answer(HANDLE, id, body -> {
            body.writeInt(Integer.BYTES);
            body.writeInt(handle);
        });
    }

    void data(int id, byte[] bytes) throws IOException {
        answer(DATA, id, body -> {
            body.writeInt(bytes.length);
            body.write(bytes);
        });
    }

    void attributes(int id, Node node) throws IOException {
        answer(ATTRS, id, body -> attributes(body, node));
    }

    /// A path without anything known about it.
    void path(int id, String path) throws IOException {
        answer(NAME, id, body -> {
            body.writeInt(1);
            text(body, path);
            text(body, path);
            body.writeInt(0);
        });
    }

    void names(int id, List<Node> nodes) throws IOException {
        answer(NAME, id, body -> {
            body.writeInt(nodes.size());
            for (Node node : nodes) {
                text(body, node.name());
                text(body, line(node));
                attributes(body, node);
            }
        });
    }

    /// As `ls -l` shows it.
    private static String line(Node node) {
        return "%s 1 hub hub %12d %s %s"
                .formatted(
                        node.isFolder() ? "drwxr-xr-x" : "-rw-r--r--",
                        node.bytes(),
                        TIME.format(node.modified()),
                        node.name());
    }

    private static void attributes(DataOutputStream body, Node node) throws IOException {
        int time = (int) node.modified().getEpochSecond();
        body.writeInt(ATTRIBUTES_GIVEN);
        body.writeLong(node.bytes());
        body.writeInt(node.isFolder() ? FOLDER_MODE : FILE_MODE);
        body.writeInt(time);
        body.writeInt(time);
    }

    private static void text(DataOutputStream body, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        body.writeInt(bytes.length);
        body.write(bytes);
    }

    void flush() throws IOException {
        out.flush();
    }
}
