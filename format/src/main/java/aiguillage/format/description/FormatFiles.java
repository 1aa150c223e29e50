package aiguillage.format.description;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The files of one format's folder, read once, all of them. Immutable.
///
/// @param folder as a real path; messages name it
/// @param contents by name; nothing else of the machine belongs to the format
public record FormatFiles(Path folder, Map<String, byte[]> contents) {

    /// Files of a format.
    public static final int FILES_MAX = 50;

    /// Bytes of each.
    public static final int FILE_BYTES_MAX = 1024 * 1024;

    /// The head's name.
    public static final String HEAD = "format.yaml";

    public FormatFiles {
        contents = Collections.unmodifiableMap(new TreeMap<>(contents));
    }

    /// Reads the files that lie in a folder; hidden ones and folders are passed over.
    ///
    /// @throws FormatRefused when there is no such folder, or it is too large, or a link leads out of it
    public static FormatFiles read(Path folder) throws FormatRefused {
        Path real;
        List<Path> files;
        try {
            real = folder.toRealPath();
        } catch (IOException e) {
            throw new FormatRefused(
                    "There is no format in " + folder + ". Look at its name; `aiguillage format init` makes one.", e);
        }
        try (Stream<Path> there = Files.list(real)) {
            files = there.filter(file -> !name(file).startsWith("."))
                    .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .limit(FILES_MAX + 1L)
                    .toList();
        } catch (IOException e) {
            throw new FormatRefused("The format in " + folder + " cannot be read (" + e + ").", e);
        }
        if (files.size() > FILES_MAX) {
            throw new FormatRefused("The format in " + folder + " has more than " + FILES_MAX
                    + " files. Move what does not belong to it elsewhere.");
        }
        var contents = new TreeMap<String, byte[]>();
        for (Path file : files) {
            contents.put(name(file), content(real, file));
        }
        return new FormatFiles(real, contents);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static byte[] content(Path folder, Path file) throws FormatRefused {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FormatRefused(file + " is no plain file: a format's files lie in " + folder
                    + " themselves. Copy it there instead of linking it.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(FILE_BYTES_MAX + 1);
            if (content.length > FILE_BYTES_MAX) {
                throw new FormatRefused(
                        file + " has more than " + FILE_BYTES_MAX + " bytes, too many for a description.");
            }
            return content;
        } catch (IOException e) {
            throw new FormatRefused(file + " cannot be read (" + e + ").", e);
        }
    }

    /// The content of a file, or null when the folder has none of this name.
    public byte @Nullable [] find(String name) {
        return contents.get(name);
    }

    /// The content of a file.
    ///
    /// @throws FormatRefused when there is none of this name
    public byte[] require(String name) throws FormatRefused {
        byte[] content = contents.get(name);
        if (content == null) {
            throw new FormatRefused("The format in " + folder + " has no file " + name + ". It has "
                    + String.join(", ", contents.keySet()) + ".");
        }
        return content;
    }

    /// One SHA-256 over all files: for each in the order of its name, the name in UTF-8, a zero byte, and the
    /// SHA-256 of its content.
    public byte[] sha256() {
        MessageDigest all = digest();
        contents.forEach((name, content) -> {
            all.update(name.getBytes(StandardCharsets.UTF_8));
            all.update((byte) 0);
            all.update(digest().digest(content));
        });
        return all.digest();
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
