package aiguillage.hub.ftps;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;

/// A connection below TLS whose bare end is an error. TLS that was closed as it should be never reads so far;
/// TLS whose line broke does, and would otherwise say that all has come: the JDK takes the end of a connection
/// for the end of the data unless the whole process is told not to.
///
/// What TLS 1.3 says of itself behind the handshake (RFC 8446, section 4.6: tickets) waits until [#speak]. A
/// program that sends a file reads nothing, and closes when it has sent all; had anything come to it that it did
/// not read, its system would reset the connection, and what of the file is still on its way would be lost.
final class StrictSocket extends Socket {

    /// Of what waits: some tickets, and answers to changes of keys.
    private static final int WAITING_BYTES_MAX = 16 << 10;

    private static final int HEADER_BYTES = 5;
    private static final int PROTECTED = 23; // RFC 8446, section 5.2: application_data

    private final Socket line;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream(); // guarded by itself
    private volatile boolean isSilent;

    StrictSocket(Socket line) {
        this.line = line;
    }

    /// Lets out what waits, and all that follows.
    void speak() throws IOException {
        synchronized (waiting) {
            isSilent = false;
            waiting.writeTo(line.getOutputStream());
            waiting.reset();
        }
    }

    /// Follows the records: from the first protected one on, the handshake waits for nothing more of ours.
    private final class Records {

        private int inHeader;
        private int length;
        private int left;
        private boolean isSeen;

        void came(byte[] bytes, int from, int count) {
            for (int i = from; i < from + count && !isSeen; i++) {
                if (left > 0) {
                    int passed = Math.min(left, from + count - i);
                    left -= passed;
                    i += passed - 1;
                } else {
                    header(bytes[i] & 0xff);
                }
            }
        }

        private void header(int b) {
            if (inHeader == 0 && b == PROTECTED) {
                isSeen = true;
                isSilent = true;
            }
            length = length << Byte.SIZE | b; // the last two of the header say it
            inHeader++;
            if (inHeader == HEADER_BYTES) {
                left = length & 0xffff;
                inHeader = 0;
            }
        }
    }

    private final class Spoken extends OutputStream {

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            synchronized (waiting) {
                if (!isSilent) {
                    line.getOutputStream().write(bytes, from, count);
                } else if (waiting.size() + count > WAITING_BYTES_MAX) {
                    throw new SocketException("the other end makes TLS say more than " + WAITING_BYTES_MAX
                            + " bytes of itself while it sends a file");
                } else {
                    waiting.write(bytes, from, count);
                }
            }
        }
    }

    private final class Strict extends FilterInputStream {

        private final Records records = new Records();

        Strict(InputStream in) {
            super(in);
        }

        private static int required(int read) throws IOException {
            if (read < 0) {
                throw new SocketException("the line broke: it ended without TLS having been closed");
            }
            return read;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            read(one, 0, 1);
            return one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            int came = count == 0 ? 0 : required(super.read(into, from, count));
            records.came(into, from, came);
            return came;
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Strict(line.getInputStream());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new Spoken();
    }

    @Override
    public void close() throws IOException {
        try (line) {
            speak(); // why a handshake failed
        }
    }

    @Override
    public boolean isConnected() {
        return line.isConnected();
    }

    @Override
    public boolean isBound() {
        return line.isBound();
    }

    @Override
    public boolean isClosed() {
        return line.isClosed();
    }

    @Override
    public boolean isInputShutdown() {
        return line.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return line.isOutputShutdown();
    }

    @Override
    public void shutdownInput() throws IOException {
        line.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        line.shutdownOutput();
    }

    @Override
    public InetAddress getInetAddress() {
        return line.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return line.getLocalAddress();
    }

    @Override
    public int getPort() {
        return line.getPort();
    }

    @Override
    public int getLocalPort() {
        return line.getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return line.getRemoteSocketAddress();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return line.getLocalSocketAddress();
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        line.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return line.getSoTimeout();
    }

    @Override
    public void setSoLinger(boolean isOn, int seconds) throws SocketException {
        line.setSoLinger(isOn, seconds);
    }

    @Override
    public int getSoLinger() throws SocketException {
        return line.getSoLinger();
    }

    @Override
    public void setTcpNoDelay(boolean isOn) throws SocketException {
        line.setTcpNoDelay(isOn);
    }

    @Override
    public boolean getTcpNoDelay() throws SocketException {
        return line.getTcpNoDelay();
    }

    @Override
    public String toString() {
        return "strict " + line;
    }
}
