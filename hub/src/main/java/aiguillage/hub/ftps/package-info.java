/// The FTPS door: a party's tree of files ([aiguillage.hub.files]) by FTP over TLS (RFC 959, 2228, 4217; 2389,
/// 2428, 3659 for what newer programs ask). The control conversation and the data connections are read and
/// answered here, each command by one step of the tree (decision 23).
///
/// Nothing but `AUTH TLS` is answered in the clear; what is sent behind it in the clear is read as TLS, and so
/// ends the connection. Whoever shows a client certificate is the party that it names, and nobody else; without
/// one a password counts ([aiguillage.hub.login]). Data connections are passive and protected: they come from
/// the address of the control connection, and resume its TLS session or show its certificate, so that nobody
/// else's can take their place (I8).
///
/// **A file has arrived** when its data connection was closed by TLS, as RFC 8446, 6.1 asks, while the control
/// connection stood. A connection that merely ended is a broken line: what came is a part, to be resumed.
///
/// **Threads.** A virtual one for each conversation, and one that reads its commands, so that `ABOR` and a
/// broken line are known while a file goes through. What stalls is ended by [FtpsDoor#sweep].
///
/// **Knows:** `files`, `login`, `trust`, `quota`, `problem`, `protocol`, `presence`. **Start at**
/// [FtpConversation]. **Tests:** `FtpsTest`, `FtpsBoundsTest`.
@NullMarked
package aiguillage.hub.ftps;

import org.jspecify.annotations.NullMarked;
