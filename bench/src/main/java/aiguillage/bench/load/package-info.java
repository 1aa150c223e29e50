/// The load generator: many dealers, each with a certificate and one kept-alive mTLS connection, each waiting
/// for its answer before it sends again.
///
/// Client and server share the machine, so what the client costs is taken from the server. Therefore no HTTP
/// library: a request is prepared bytes in which only the id changes, an answer is read to its end and its
/// status compared, and two threads serve all connections. Receipts are verified only after the measured
/// window.
///
/// Files are put by SSHD's client, and by FTPS as far as it is needed here.
///
/// **Start at** [aiguillage.bench.load.LoadProcess]; for files [aiguillage.bench.load.FilesProcess].
@NullMarked
package aiguillage.bench.load;

import org.jspecify.annotations.NullMarked;
