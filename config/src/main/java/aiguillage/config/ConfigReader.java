package aiguillage.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads one strict YAML file into a record.
///
/// ```java
/// record Hub(@Setting(text = "Where gateways connect.", fallback = "0.0.0.0:8443") Address listen) {}
///
/// Hub hub = new ConfigReader().file(Path.of("hub.yaml"), Hub.class).value();
/// ```
public final class ConfigReader {

    private final Limits limits;

    public ConfigReader() {
        this(Limits.DEFAULT);
    }

    public ConfigReader(Limits limits) {
        this.limits = limits;
    }

    /// Reads a file; relative paths in it start from its folder.
    ///
    /// @throws ConfigException with everything that is wrong with it, in the order of the file
    public <T extends Record> Read<T> file(Path file, Class<T> type) {
        Path folder = file.toAbsolutePath().getParent();
        return read(file.toString(), contentOf(file), folder, type);
    }

    /// Reads a text that has no folder, hence no paths: pure, the same text always gives the same answer.
    ///
    /// @param name what problems call it
    /// @throws ConfigException with everything that is wrong with it, in the order of the text
    public <T extends Record> Read<T> text(String name, String text, Class<T> type) {
        if (text.getBytes(StandardCharsets.UTF_8).length > limits.bytesMax()) {
            throw tooLarge(name);
        }
        return read(name, text, null, type);
    }

    private <T extends Record> Read<T> read(String name, String text, @Nullable Path folder, Class<T> type) {
        if (text.lines().anyMatch(line -> line.length() > limits.lineCharsMax())) {
            throw unusable(name, "A line is longer than " + limits.lineCharsMax() + " characters.", "Break it.");
        }
        var problems = new Problems();
        var tree = new Tree(name, limits, problems);
        Object value = tree.parse(text)
                .map(root -> new Binder(problems, new Scalars(folder)).section(root, type, "", root.at()))
                .orElse(null);
        problems.throwIfAny();
        if (value == null) {
            throw new AssertionError(name + " gave neither a value nor a problem");
        }
        return new Read<>(type.cast(value), tree.where());
    }

    private String contentOf(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(limits.bytesMax() + 1);
            if (bytes.length > limits.bytesMax()) {
                throw tooLarge(file.toString());
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw unusable(file.toString(), "This file is not UTF-8 text.", "Save it as UTF-8.");
        } catch (NoSuchFileException e) {
            throw unusable(
                    file.toString(),
                    "There is no such file.",
                    "Name it with --config, or make one with `aiguillage init`.");
        } catch (AccessDeniedException e) {
            throw unusable(file.toString(), "This user may not read it.", "Look at its owner and its rights.");
        } catch (IOException e) {
            throw unusable(file.toString(), "This file cannot be read: " + e + ".", "Look at its name and its rights.");
        }
    }

    private ConfigException tooLarge(String name) {
        return unusable(
                name,
                "This file is larger than " + new Bytes(limits.bytesMax()) + ", the most that is read.",
                "Make it smaller.");
    }

    private static ConfigException unusable(String name, String what, String remedy) {
        var problems = new Problems();
        problems.add(new Location(name, 1, 1), "", what, "", remedy);
        return new ConfigException(problems.inOrder(), problems.count());
    }
}
