package aiguillage.hub.ftps;

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
final class StrictSocket extends Socket {

    private final Socket line;

    StrictSocket(Socket line) {
        this.line = line;
    }

    private static final class Strict extends FilterInputStream {

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
            return required(super.read());
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            return count == 0 ? 0 : required(super.read(into, from, count));
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Strict(line.getInputStream());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return line.getOutputStream();
    }

    @Override
    public void close() throws IOException {
        line.close();
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
