package aiguillage.console.web;

import aiguillage.hub.health.Space;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/// A form with a file (`multipart/form-data`, RFC 7578), written to the disk as it comes in: memory does not
/// grow with it. Its length is asked for beforehand, so that one too large for its address or for the disk is
/// not begun; room on the disk is taken as its bytes come.
///
/// @param fields what is no file, the first value of each
/// @param upload the first file that was chosen, or null
record Multipart(Map<String, String> fields, @Nullable Upload upload) {

    /// The longest that one takes to come in.
    static final Duration LASTS_MAX = Duration.ofMinutes(10);

    /// Of all that is no file together, and of what stands around the parts.
    static final int FIELDS_BYTES_MAX = 2 << 20;

    static final int PARTS_MAX = 20;
    private static final int PART_HEADERS_BYTES_MAX = 8 << 10;
    private static final String FILE = "upload";

    Multipart {
        fields = Map.copyOf(fields);
    }

    /// Reads one; waits until it is there.
    ///
    /// @param folder where files are put; whoever gave it removes it
    /// @throws Refused when it is none, too large, too slow, or breaks off
    static Multipart read(Request request, Path folder, long bytesMax, Space space) throws IOException {
        String boundary = boundary(request);
        long length = request.getLength();
        if (length < 0) {
            throw new Refused(Problem.BAD_REQUEST, "A form with a file says how long it is (Content-Length).");
        }
        if (length > bytesMax + FIELDS_BYTES_MAX) {
            throw new Refused(Problem.PAYLOAD_TOO_LARGE, "This page takes files up to " + bytesMax + " bytes.");
        }
        space.require(length);
        var parser = new MultiPartFormData.Parser(boundary);
        parser.setFilesDirectory(folder);
        parser.setUseFilesForPartsWithoutFileName(true); // until it is known how much all of them are
        parser.setMaxMemoryFileSize(FIELDS_BYTES_MAX / PARTS_MAX);
        parser.setMaxFileSize(bytesMax);
        parser.setMaxLength(length);
        parser.setMaxParts(PARTS_MAX);
        parser.setPartHeadersMaxLength(PART_HEADERS_BYTES_MAX);
        var coming = new CompletableFuture<MultiPartFormData.Parts>();
        parser.parse(new Measured(request, space), Promise.Invocable.toPromise(coming));
        try (MultiPartFormData.Parts parts = await(request, coming)) {
            return of(parts, folder);
        }
    }

    private static String boundary(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        var parameters = new HashMap<String, String>();
        String plain = type == null ? "" : HttpField.getValueParameters(type, parameters);
        String boundary = parameters.get("boundary");
        if (!"multipart/form-data".equalsIgnoreCase(plain) || boundary == null || boundary.isEmpty()) {
            throw new Refused(Problem.BAD_REQUEST, "This address takes a form with a file (multipart/form-data).");
        }
        return boundary;
    }

    private static MultiPartFormData.Parts await(Request request, CompletableFuture<MultiPartFormData.Parts> coming) {
        try {
            return coming.get(LASTS_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            request.fail(e); // what still reads it ends
            throw new Refused(
                    Problem.TOO_SLOW, "The file did not come in within " + LASTS_MAX.toMinutes() + " minutes.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refused refused) {
                throw refused;
            }
            throw new Refused(
                    Problem.BAD_REQUEST, "The form broke off, cannot be read, or has a part that is too large.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            request.fail(e);
            throw new Refused(Problem.BAD_REQUEST, "The hub stops; nothing was kept.");
        }
    }

    private static Multipart of(MultiPartFormData.Parts parts, Path folder) throws IOException {
        var fields = new HashMap<String, String>();
        Upload upload = null;
        long fieldsBytes = 0;
        for (MultiPart.Part part : parts) {
            String file = part.getFileName();
            if (file == null) {
                fieldsBytes += part.getLength();
                if (fieldsBytes > FIELDS_BYTES_MAX) {
                    throw new Refused(
                            Problem.PAYLOAD_TOO_LARGE,
                            "Beside its file a form takes up to " + FIELDS_BYTES_MAX + " bytes.");
                }
                fields.putIfAbsent(String.valueOf(part.getName()), part.getContentAsString(StandardCharsets.UTF_8));
            } else if (upload == null && (!file.isEmpty() || part.getLength() > 0)) {
                Path place = folder.resolve(FILE);
                part.writeTo(place);
                upload = new Upload(place, file, Files.size(place));
            }
        }
        return new Multipart(fields, upload);
    }

    /// What comes in, for which room on the disk is taken piece by piece.
    private record Measured(Request request, Space space) implements Content.Source {

        @Override
        public Content.@Nullable Chunk read() {
            Content.Chunk chunk = request.read();
            if (chunk == null || !chunk.hasRemaining()) {
                return chunk;
            }
            try {
                space.take(chunk.remaining());
                return chunk;
            } catch (Refused full) {
                chunk.release();
                request.fail(full);
                return Content.Chunk.from(full);
            }
        }

        @Override
        public void demand(Runnable demanded) {
            request.demand(demanded);
        }

        @Override
        public void fail(Throwable failure) {
            request.fail(failure);
        }
    }
}
