package aiguillage.hub.ftps;

import aiguillage.hub.testing.Until;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A client that goes step by step, and does what no decent program does.
final class RawFtp implements AutoCloseable {

    private static final int SILENT_MAX_MILLIS = 20_000;

    private final Socket line;
    private Socket control;

    RawFtp(int port) throws IOException {
        line = new Socket(InetAddress.getLoopbackAddress(), port);
        line.setSoTimeout(SILENT_MAX_MILLIS);
        control = line;
        reply();
    }

    /// The last line of the next reply.
    String reply() throws IOException {
        String text = line();
        while (text.length() > 3 && text.charAt(3) != ' ') {
            text = line();
        }
        return text;
    }

    private String line() throws IOException {
        InputStream in = control.getInputStream();
        var text = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            text.append((char) b);
        }
        return text.toString().strip();
    }

    void write(String text) throws IOException {
        OutputStream out = control.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    String ask(String command) throws IOException {
        write(command + "\r\n");
        return reply();
    }

    /// Asks until the reply begins so.
    void askUntil(String command, String beginning) throws Exception {
        Until.holds(command + " is answered " + beginning, () -> ask(command).startsWith(beginning));
    }

    RawFtp secured(SSLContext context) throws IOException {
        ask("AUTH TLS");
        control = tls(context, line);
        return this;
    }

    static SSLSocket tls(SSLContext context, Socket plain) throws IOException {
        plain.setSoTimeout(SILENT_MAX_MILLIS);
        var tls = (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", plain.getPort(), true);
        tls.startHandshake();
        return tls;
    }

    RawFtp in(String party) throws IOException {
        ask("USER " + party);
        ask("PBSZ 0");
        ask("PROT P");
        return this;
    }

    /// The port for a data connection.
    int passive() throws IOException {
        return Integer.parseInt(ask("EPSV").replaceAll("^229.*\\|(\\d+)\\|.*$", "$1"));
    }

    /// How long a reply is waited for.
    void waitsFor(int millis) throws IOException {
        line.setSoTimeout(millis);
    }

    /// A data connection, not yet in TLS; then the command is sent, and its first reply read.
    Socket data(String command) throws IOException {
        var data = new Socket(InetAddress.getLoopbackAddress(), passive());
        String begun = ask(command);
        if (!begun.startsWith("150")) {
            throw new IOException(begun);
        }
        return data;
    }

    /// Without a word by TLS.
    void breakOff() throws IOException {
        line.close();
    }

    @Override
    public void close() throws IOException {
        line.close();
    }
}
