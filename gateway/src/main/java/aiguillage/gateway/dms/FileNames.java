package aiguillage.gateway.dms;

import aiguillage.protocol.Digest;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Position;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Names of files that any file system takes and no path trick survives.
public final class FileNames {

    public static final String ENVELOPE = ".envelope.json";
    public static final String RECEIPT = ".receipt.json";
    public static final String REASON = ".reason.txt";

    /// Leaves room for the longest ending below the 255 bytes of most file systems.
    public static final int NAME_BYTES_MAX = 180;

    private static final int HASH_CHARS = 8;
    private static final int EXTENSION_CHARS_MAX = 10;
    private static final int SIBLINGS_MAX = 9;

    private static final Map<String, String> EXTENSIONS = Map.of(
            "application/xml", ".xml",
            "text/xml", ".xml",
            "application/json", ".json",
            "text/csv", ".csv",
            "text/plain", ".txt",
            "application/pdf", ".pdf",
            "application/edifact", ".edi",
            "application/zip", ".zip");

    private static final Map<String, String> CONTENT_TYPES = Map.of(
            ".xml", "application/xml",
            ".json", "application/json",
            ".csv", "text/csv",
            ".txt", "text/plain",
            ".pdf", "application/pdf",
            ".edi", "application/edifact",
            ".zip", "application/zip");

    private FileNames() {}

    /// A name as the DMS chose it, made safe: control characters, path separators and what Windows forbids become
    /// `_`; a very long one is cut and told apart by a hash of the whole.
    public static String safe(String name) {
        var text = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean lone = Character.isSurrogate(c) && !pairAt(name, i);
            text.append(Character.isISOControl(c) || "/\\:*?\"<>|".indexOf(c) >= 0 || lone ? '_' : c);
        }
        while (!text.isEmpty() && (text.charAt(0) == '.' || text.charAt(0) == ' ')) {
            text.setCharAt(0, '_');
        }
        String safe = text.isEmpty() ? "_" : text.toString();
        return safe.getBytes(StandardCharsets.UTF_8).length <= NAME_BYTES_MAX ? safe : cut(safe);
    }

    /// The name of a delivery's file. Names sort in the order of delivery, and one delivery has one name for life.
    public static String delivery(Position position, DocumentId id, @Nullable String contentType) {
        return safe(String.format(Locale.ROOT, "%012d-%s", position.value(), id)) + extension(contentType);
    }

    /// The name of a document's file that never was in a folder.
    public static String document(DocumentId id, @Nullable String contentType) {
        return safe(id.value()) + extension(contentType);
    }

    /// What a file is by the ending of its name, or null when the ending says nothing.
    public static @Nullable String contentType(String name) {
        return CONTENT_TYPES.get(name.substring(dot(name)).toLowerCase(Locale.ROOT));
    }

    /// The first of `claim.xml`, `claim~2.xml` … `claim~9.xml` that is free, or else `claim~<unique>.xml`.
    public static String free(String name, String unique, Predicate<String> taken) {
        String candidate = name;
        for (int n = 2; taken.test(candidate); n++) {
            if (n > SIBLINGS_MAX) {
                return sibling(name, unique);
            }
            candidate = sibling(name, Integer.toString(n));
        }
        return candidate;
    }

    /// Is this a file on its way, or one of ours beside a document?
    public static boolean isUnfinished(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith(".") || lower.endsWith(".tmp") || lower.endsWith(".part");
    }

    private static String extension(@Nullable String contentType) {
        if (contentType == null) {
            return ".bin";
        }
        int end = contentType.indexOf(';');
        String type =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        if (type.endsWith("+xml")) {
            return ".xml";
        }
        return type.endsWith("+json") ? ".json" : EXTENSIONS.getOrDefault(type, ".bin");
    }

    private static String cut(String name) {
        String hash = HexFormat.of()
                .formatHex(Digest.of(name.getBytes(StandardCharsets.UTF_8)).bytes())
                .substring(0, HASH_CHARS);
        String extension = name.length() - dot(name) <= EXTENSION_CHARS_MAX ? name.substring(dot(name)) : "";
        int end = name.length() - extension.length();
        int bytesMax = NAME_BYTES_MAX - HASH_CHARS - 1 - extension.getBytes(StandardCharsets.UTF_8).length;
        while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > bytesMax) {
            end -= Character.isLowSurrogate(name.charAt(end - 1)) ? 2 : 1;
        }
        return name.substring(0, end) + "~" + hash + extension;
    }

    private static String sibling(String name, String mark) {
        int dot = dot(name);
        return name.substring(0, dot) + "~" + mark + name.substring(dot);
    }

    private static boolean pairAt(String name, int i) {
        return Character.isHighSurrogate(name.charAt(i))
                ? i + 1 < name.length() && Character.isLowSurrogate(name.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(name.charAt(i - 1));
    }

    private static int dot(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name.length() : dot;
    }
}
