package aiguillage.hub.schema;

import org.jspecify.annotations.Nullable;

/// A schema, or a declared key, that cannot be used; says which, where, why and what to do.
public final class SchemaRefused extends Exception {

    private static final long serialVersionUID = 1;

    public SchemaRefused(String message) {
        super(message);
    }

    public SchemaRefused(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
