package aiguillage.bench.bulk;

import aiguillage.bench.server.Child;
import aiguillage.bench.server.Site;
import aiguillage.pki.CertificateUse;
import aiguillage.pki.tls.MutualTls;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/// What bulk is held against: copies between a TLS connection and a file, and nothing else. A client says `R` or `S`
/// and how many bytes; with `R` it then sends them, and gets one byte once they are synced; with `S` it is sent
/// what the file holds. Says its port.
public final class CopyProcess {

    public static final int RECEIVE = 'R';
    public static final int SEND = 'S';
    static final int BUFFER_BYTES = 64 << 10;

    private static final int BACKLOG = 16;

    private final Path file;

    /// The file from which is sent, and into which is received.
    ///
    /// @param site the site's folder
    public static Path file(Path site) {
        return site.resolve("copy");
    }

    private CopyProcess(Path file) {
        this.file = file;
    }

    /// @param arguments the site's folder
    public static void main(String[] arguments) throws Exception {
        var site = new Site(Path.of(arguments[0]));
        var copies = new CopyProcess(file(site.folder()));
        var tls = site.tls(Site.HUB, new CertificateUse.Server(List.of("localhost"), List.of()));
        try (var listener = (SSLServerSocket)
                tls.getServerSocketFactory().createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
            listener.setSSLParameters(MutualTls.parameters(false));
            Thread.ofPlatform().daemon().start(() -> copies.serve(listener));
            Child.say(listener.getLocalPort());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private void serve(SSLServerSocket listener) {
        while (!listener.isClosed()) {
            try (var socket = (SSLSocket) listener.accept()) {
                var in = new DataInputStream(socket.getInputStream());
                for (int what = in.read(); what >= 0; what = in.read()) {
                    long bytes = in.readLong();
                    if (what == RECEIVE) {
                        receive(in, bytes);
                        socket.getOutputStream().write(RECEIVE);
                    } else {
                        send(socket.getOutputStream(), bytes);
                    }
                }
            } catch (IOException e) {
                failed(listener, e);
            }
        }
    }

    /// A client that has what it wanted ends its connection at once, which is no failure of ours.
    private static void failed(SSLServerSocket listener, IOException failure) {
        if (!listener.isClosed() && !(failure instanceof SocketException)) {
            failure.printStackTrace();
        }
    }

    private void receive(InputStream in, long bytes) throws IOException {
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var buffer = new byte[BUFFER_BYTES];
            for (long rest = bytes; rest > 0; ) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, rest));
                if (count < 0) {
                    throw new EOFException("the client closed the connection");
                }
                out.write(ByteBuffer.wrap(buffer, 0, count));
                rest -= count;
            }
            out.force(true);
        }
    }

    private void send(OutputStream out, long bytes) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            var buffer = ByteBuffer.allocate(BUFFER_BYTES);
            for (long rest = bytes; rest > 0; ) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), rest));
                int count = in.read(buffer);
                if (count < 0) {
                    throw new EOFException(file + " is shorter than " + bytes + " bytes");
                }
                out.write(buffer.array(), 0, count);
                rest -= count;
            }
        }
    }
}
