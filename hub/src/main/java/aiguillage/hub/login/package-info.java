/// Who comes in at doors of files, where no TLS session of HTTP says it: by an SSH key or a password, and how
/// many may stand there.
///
/// A party is known by the keys and the password that its entry in the flows file has, and by the keys of the
/// certificates that this hub issued to it ([aiguillage.hub.trust.Enrolled]); by none of them once all its
/// certificates were revoked. Whether there is such a party, and what it is known by, nobody learns from an
/// answer or from how long it takes (I8).
///
/// **Bounds.** [Passwords] and [Lockout] have those of guessing, [Places] those of connections.
///
/// **Knows:** `directory`, `memory`, `routing`, `trust`, `quota`, `presence`, `protocol`. **Start at** [Logins].
/// **Tests:**
/// `PasswordsTest`, `TurnsTest`, `PlacesTest`, `SftpTest`, `FtpsTest`.
@NullMarked
package aiguillage.hub.login;

import org.jspecify.annotations.NullMarked;
