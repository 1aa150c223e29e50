package aiguillage.app.call;

import java.io.IOException;
import java.net.URI;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// What it means that a hub is there, and that no secure connection to it comes about.
final class NotSecure {

    private NotSecure() {}

    /// The sentence for whoever typed the command, or null when this is no matter of certificates.
    static @Nullable String said(URI hub, IOException failure) {
        String said = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = Objects.toString(cause.getMessage(), "");
            if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
                return "The certificate of the hub at " + hub + " is not of this root (--root). Take the root that the"
                        + " hub's operator gave you; if it is the right one, this is not your hub.";
            }
            if (cause instanceof CertificateException) {
                said = message.startsWith("No subject alternative") || message.startsWith("No name matching")
                        ? "The certificate of the hub at " + hub + " is not for this name. Call it by the name that"
                                + " its operator gave you."
                        : "The hub at " + hub + " cannot be trusted: " + message + ".";
            } else if (cause instanceof SSLException && message.contains("fatal alert") && said == null) {
                said = "The hub at " + hub + " does not accept this certificate (--credential): it is of another"
                        + " authority, or has ended. Enrol again with a code from the hub's operator.";
            }
        }
        return said;
    }
}
