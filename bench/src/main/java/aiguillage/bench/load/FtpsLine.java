package aiguillage.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A session in FTP over TLS (RFC 4217), passive (RFC 2428). Each file is announced with `ALLO`, and has a data
/// connection that resumes the control connection's TLS session, as decent programs do; in TLS 1.2, since
/// Java's tickets of TLS 1.3 are good for one connection.
final class FtpsLine implements FileLine {

    private static final int SILENT_MAX_MILLIS = 30_000;
    private static final int CODE_CHARS = 3;
    private static final String[] PROTOCOLS = {"TLSv1.2"};
    private static final Pattern PORT = Pattern.compile("\\|(\\d+)\\|");

    private final SSLContext tls;
    private final int port;
    private final SSLSocket control;
    private final BufferedReader replies;
    private final Writer commands;

    /// @param tls of the party
    /// @param user who has a certificate, or whose password is its name
    FtpsLine(SSLContext tls, String user, int port) throws IOException {
        this.tls = tls;
        this.port = port;
        var plain = new Socket(InetAddress.getLoopbackAddress(), port);
        plain.setTcpNoDelay(true);
        plain.setSoTimeout(SILENT_MAX_MILLIS);
        var inClear = new BufferedReader(new InputStreamReader(plain.getInputStream(), StandardCharsets.US_ASCII));
        require(reply(inClear), "220");
        plain.getOutputStream().write("AUTH TLS\r\n".getBytes(StandardCharsets.US_ASCII));
        require(reply(inClear), "234");
        control = secured(plain);
        replies = new BufferedReader(new InputStreamReader(control.getInputStream(), StandardCharsets.UTF_8));
        commands = new OutputStreamWriter(control.getOutputStream(), StandardCharsets.UTF_8);
        if (ask("USER " + user).startsWith("331")) {
            ask("PASS " + user, "230");
        }
        ask("PBSZ 0", "200");
        ask("PROT P", "200");
        ask("TYPE I", "200");
    }

    private SSLSocket secured(Socket line) throws IOException {
        var secured = (SSLSocket) tls.getSocketFactory().createSocket(line, "127.0.0.1", port, true);
        secured.setEnabledProtocols(PROTOCOLS);
        secured.startHandshake();
        return secured;
    }

    @Override
    public void put(String path, byte[] content) throws IOException {
        ask("ALLO " + content.length); // whoever does not know it says so
        Matcher announced = PORT.matcher(ask("EPSV", "229"));
        if (!announced.find()) {
            throw new IOException("EPSV was answered without a port");
        }
        try (var plain = new DataSocket(port)) {
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(SILENT_MAX_MILLIS);
            plain.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(announced.group(1))),
                    SILENT_MAX_MILLIS);
            ask("STOR " + path, "150");
            try (SSLSocket data = secured(plain)) {
                data.getOutputStream().write(content);
            }
        }
        require(reply(replies), "226");
    }

    /// Java looks for the session to resume by the port of the connection below: this one says the control
    /// connection's.
    private static final class DataSocket extends Socket {

        private final int controlPort;

        DataSocket(int controlPort) {
            this.controlPort = controlPort;
        }

        @Override
        public int getPort() {
            return controlPort;
        }
    }

    private String ask(String command) throws IOException {
        commands.write(command + "\r\n");
        commands.flush();
        return reply(replies);
    }

    private String ask(String command, String wanted) throws IOException {
        return require(ask(command), wanted);
    }

    private static String require(String reply, String wanted) throws IOException {
        if (!reply.startsWith(wanted)) {
            throw new IOException("wanted " + wanted + ", got " + reply);
        }
        return reply;
    }

    /// The last line of the next reply.
    private static String reply(BufferedReader from) throws IOException {
        for (String line = from.readLine(); line != null; line = from.readLine()) {
            if (line.length() > CODE_CHARS && line.charAt(CODE_CHARS) == ' ') {
                return line;
            }
        }
        throw new IOException("the server has closed the connection");
    }

    @Override
    public void close() throws IOException {
        control.close();
    }
}
