package aiguillage.conformance.driver;

import aiguillage.pki.Credential;
import java.security.KeyPair;
import org.jspecify.annotations.Nullable;

/// Who connects, and with what.
///
/// @param party as which it connects
/// @param credential null: none is shown
/// @param sshKey null: none is shown
public record Identity(
        String party,
        @Nullable Credential credential,
        @Nullable KeyPair sshKey) {

    /// No key is told.
    @Override
    public String toString() {
        return "Identity of " + party;
    }
}
