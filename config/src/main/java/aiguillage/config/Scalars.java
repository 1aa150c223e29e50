package aiguillage.config;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a value of the wanted type from its text. All refusals are `IllegalArgumentException`s with a message
/// for the operator.
final class Scalars {

    private final @Nullable Path folder;

    /// Looked up once per type, since a file has thousands of values.
    private final Map<Class<?>, Maker> makers = new HashMap<>();

    private interface Maker {
        Object make(String text) throws ReflectiveOperationException;
    }

    /// @param folder what relative paths start from; null: paths and secrets in files are not read
    Scalars(@Nullable Path folder) {
        this.folder = folder;
    }

    Object read(String text, Class<?> type) {
        if (type == String.class) {
            return text;
        } else if (type == boolean.class) {
            return truth(text);
        } else if (type == int.class) {
            return Math.toIntExact(number(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
        } else if (type == long.class) {
            return number(text, Long.MIN_VALUE, Long.MAX_VALUE);
        } else if (type == Duration.class) {
            return Durations.of(text);
        } else if (type == Path.class) {
            return folder().resolve(text).normalize();
        } else if (type == URI.class) {
            return uri(text);
        } else if (type == Secret.class) {
            return secret(text);
        } else if (type == OneTimeSecret.class) {
            return oneTimeSecret(text);
        } else if (type.isEnum()) {
            return constant(text, type);
        }
        return made(text, type);
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(Quoted.of(text) + " is neither true nor false");
        };
    }

    private static long number(String text, long min, long max) {
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below, together with a number out of range
        }
        throw new IllegalArgumentException(Quoted.of(text) + " is not a whole number from " + min + " to " + max);
    }

    private static URI uri(String text) {
        URI uri = URI.create(text);
        if (!uri.isAbsolute()) {
            throw new IllegalArgumentException(
                    Quoted.of(text) + " is not an absolute URI: write scheme://host, as in https://hub.example.com");
        }
        return uri;
    }

    private Path folder() {
        if (folder == null) {
            throw new AssertionError("a file that is read without its folder has no paths");
        }
        return folder;
    }

    private Secret secret(String text) {
        if (!text.startsWith(Secret.FILE_PREFIX)) {
            return new Secret(text);
        }
        Path file = folder().resolve(text.substring(Secret.FILE_PREFIX.length()));
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(Secret.FILE_BYTES_MAX + 1);
            if (bytes.length > Secret.FILE_BYTES_MAX) {
                throw new IllegalArgumentException(
                        file + " is no secret: it has more than " + Secret.FILE_BYTES_MAX + " bytes");
            }
            return new Secret(new String(bytes, StandardCharsets.UTF_8).replaceFirst("\r?\n\\z", ""));
        } catch (IOException e) {
            throw new IllegalArgumentException("the secret's file " + file + " cannot be read (" + e + ")", e);
        }
    }

    private OneTimeSecret oneTimeSecret(String text) {
        if (text.startsWith(Secret.FILE_PREFIX)) {
            Path file = folder().resolve(text.substring(Secret.FILE_PREFIX.length()));
            if (Files.notExists(file)) {
                return OneTimeSecret.gone("the secret's file " + file + " is not there: put the secret into it");
            }
        }
        return OneTimeSecret.of(secret(text));
    }

    private static Object constant(String text, Class<?> type) {
        List<String> names = constantNames(type);
        int index = names.indexOf(text);
        if (index < 0) {
            throw new IllegalArgumentException(Quoted.of(text) + " is none of " + String.join(", ", names)
                    + Nearest.to(text, names).map(name -> ": write " + name).orElse(""));
        }
        return type.getEnumConstants()[index];
    }

    /// An enum's constants as they are written: in lower case with dashes.
    static List<String> constantNames(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant ->
                        ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }

    private Object made(String text, Class<?> type) {
        try {
            return makers.computeIfAbsent(type, Scalars::maker).make(text);
        } catch (InvocationTargetException e) {
            throw refusal(e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type + " cannot be made from a text", e);
        }
    }

    /// A static `of(String)`, else a constructor that takes one text.
    private static Maker maker(Class<?> type) {
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals("of")
                    && Modifier.isStatic(method.getModifiers())
                    && Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class})) {
                method.setAccessible(true);
                return text -> method.invoke(null, text);
            }
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(String.class);
            constructor.setAccessible(true);
            return constructor::newInstance;
        } catch (NoSuchMethodException e) {
            throw new LinkageError(type + " cannot be made from a text: add a static of(String)", e);
        }
    }

    /// The refusal of a value's own constructor; anything else that comes out of one is a defect.
    static IllegalArgumentException refusal(InvocationTargetException e) {
        if (e.getCause() instanceof IllegalArgumentException refused) {
            return refused;
        }
        throw new AssertionError("a constructor failed with something else than IllegalArgumentException", e);
    }
}
