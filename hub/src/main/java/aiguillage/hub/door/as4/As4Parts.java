package aiguillage.hub.door.as4;

import aiguillage.hub.as4.As4Keys;
import java.security.SecureRandom;
import javax.net.ssl.SSLContext;

/// What the AS4 door has of its own.
///
/// @param tls for connections to parties that documents are pushed to
public record As4Parts(As4Keys keys, SSLContext tls, SecureRandom random) {}
