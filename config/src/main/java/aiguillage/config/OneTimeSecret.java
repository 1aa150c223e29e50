package aiguillage.config;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A secret that is used once. Whoever has used it may remove its file: that it is gone is said only to who asks
/// for it.
public final class OneTimeSecret {

    private final @Nullable Secret secret;
    private final String gone;

    private OneTimeSecret(@Nullable Secret secret, String gone) {
        this.secret = secret;
        this.gone = gone;
    }

    public static OneTimeSecret of(Secret secret) {
        return new OneTimeSecret(secret, "");
    }

    /// @param why names the file that is not there
    static OneTimeSecret gone(String why) {
        return new OneTimeSecret(null, why);
    }

    /// The secret, or empty when its file is gone.
    public Optional<Secret> found() {
        return Optional.ofNullable(secret);
    }

    /// The secret.
    ///
    /// @throws IOException when its file is gone; the message names it
    public Secret needed() throws IOException {
        if (secret == null) {
            throw new IOException(gone);
        }
        return secret;
    }

    @Override
    public String toString() {
        return secret == null ? "(gone)" : secret.toString();
    }
}
