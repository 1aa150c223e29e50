package aiguillage.bench.load;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Whole requests in a file, made before anything is measured.
public final class Messages {

    private Messages() {}

    /// Writes the file.
    public static void write(Path file, List<byte[]> requests) throws IOException {
        try (var out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeInt(requests.size());
            for (byte[] request : requests) {
                out.writeInt(request.length);
                out.write(request);
            }
        }
    }

    static List<byte[]> read(Path file) throws IOException {
        var requests = new ArrayList<byte[]>();
        try (var in = new DataInputStream(Files.newInputStream(file))) {
            for (int left = in.readInt(); left > 0; left--) {
                requests.add(in.readNBytes(in.readInt()));
            }
        }
        return requests;
    }
}
