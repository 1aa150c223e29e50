/// The SFTP door: a party's tree of files ([aiguillage.hub.files]), by SSH. Apache MINA SSHD has the transport,
/// the keys and the channels; the messages of SFTP version 3 (draft-ietf-secsh-filexfer-02, what OpenSSH
/// speaks) are read and answered here, each by one step of the tree (decision 20).
///
/// Who is there is known by an SSH key or a password of the party that the user name names
/// ([aiguillage.hub.login]). There is no shell, no command, no forwarding, no other subsystem (I8).
///
/// **Bounds.** [SftpDoor] has those of connections, [SftpSession] those of one conversation.
///
/// **In:** bytes from an SSH channel. **Out:** answers to each message, in order. **Knows:** `files`, `login`,
/// `quota`, `pki`, `protocol`, `presence`. **Start at** [SftpSession]. **Tests:** `SftpTest`, `SftpBoundsTest`.
@NullMarked
package aiguillage.hub.sftp;

import org.jspecify.annotations.NullMarked;
