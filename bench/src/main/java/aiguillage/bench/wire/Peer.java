package aiguillage.bench.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

/// What a connection tells, on its loop's thread.
public interface Peer {

    /// Our side of the handshake is done; we may send.
    void open(Wire wire) throws IOException;

    /// The server sent something after the handshake that is no data: it has checked our certificate and is content.
    default void confirmed(Wire wire) throws IOException {}

    /// Data came; all of it is to be taken.
    void came(Wire wire, ByteBuffer plain) throws IOException;

    /// No more data for the moment.
    default void rest(Wire wire) throws IOException {}

    /// The connection is over; never told after [Wire#close].
    void lost(Wire wire, IOException why);
}
