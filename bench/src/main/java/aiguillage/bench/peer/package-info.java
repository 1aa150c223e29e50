/// Others that do the job, or a part of it, each in a process of its own and on loopback: phase4 (AS4), CXF
/// (SOAP), SSHD (SFTP), FtpServer (FTPS), Apache Kafka, and a plain HTTPS server that syncs and signs each
/// document by itself.
///
/// Their libraries are only here. They are not on the command's class path: whatever starts a peer adds them
/// ([aiguillage.bench.server.Child#startPeer]).
///
/// Each says its port, or its ports, once it is open, and for every line it reads how many requests it has
/// answered, where it counts them; it ends when its standard input ends.
///
/// **Start at** [aiguillage.bench.peer.SingleReceiptProcess], the simplest.
@NullMarked
package aiguillage.bench.peer;

import org.jspecify.annotations.NullMarked;
