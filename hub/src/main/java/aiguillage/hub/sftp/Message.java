package aiguillage.hub.sftp;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A message of SFTP as it came: a type, a number for its answer, and fields.
///
/// @param id of the request; for `INIT` the client's version
record Message(int type, int id, ByteBuffer fields) {

    /// 256 kB of a file and what stands around them, as OpenSSH takes it.
    static final int BYTES_MAX = (256 << 10) + 1_024;

    private static final int BYTES_MIN = 5;
    private static final int ATTRIBUTES_SIZE = 1;
    private static final int ATTRIBUTES_OWNER = 2;
    private static final int ATTRIBUTES_PERMISSIONS = 4;
    private static final int ATTRIBUTES_TIMES = 8;

    /// Reads one; null when the conversation is over.
    ///
    /// @throws IOException when it breaks off, or is longer than any may be
    static @Nullable Message read(DataInputStream in) throws IOException {
        int length;
        try {
            length = in.readInt();
        } catch (EOFException e) {
            return null;
        }
        if (length < BYTES_MIN || length > BYTES_MAX) {
            throw new IOException(
                    "a message has " + length + " bytes; " + BYTES_MIN + " to " + BYTES_MAX + " are taken");
        }
        var bytes = new byte[length];
        in.readFully(bytes);
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        return new Message(fields.get(), fields.getInt(), fields);
    }

    /// The next field: a number.
    int number() {
        return fields.getInt();
    }

    long longNumber() {
        return fields.getLong();
    }

    /// The next field: bytes with their length before them; they are not copied.
    ByteBuffer bytes() {
        int length = fields.getInt();
        if (length < 0 || length > fields.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer bytes = fields.slice(fields.position(), length);
        fields.position(fields.position() + length);
        return bytes;
    }

    /// The next field: text in UTF-8.
    ///
    /// @throws java.nio.charset.CharacterCodingException when it is in another encoding
    String text() throws IOException {
        return StandardCharsets.UTF_8.newDecoder().decode(bytes()).toString();
    }

    /// Passes over attributes: whose a file is, and when it was made, says the hub.
    ///
    /// @return the size among them; -1 when it is not
    long attributes() {
        int flags = number();
        long size = (flags & ATTRIBUTES_SIZE) == 0 ? -1 : longNumber() & Long.MAX_VALUE; // unsigned
        int bytes = 0;
        bytes += (flags & ATTRIBUTES_OWNER) == 0 ? 0 : 8;
        bytes += (flags & ATTRIBUTES_PERMISSIONS) == 0 ? 0 : 4;
        bytes += (flags & ATTRIBUTES_TIMES) == 0 ? 0 : 8;
        if (bytes > fields.remaining()) {
            throw new BufferUnderflowException();
        }
        fields.position(fields.position() + bytes);
        return size;
    }
}
