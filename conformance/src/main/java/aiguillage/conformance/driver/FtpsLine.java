package aiguillage.conformance.driver;

import aiguillage.config.Address;
import aiguillage.pki.tls.MutualTls;
import aiguillage.pki.tls.PartyKeyManager;
import aiguillage.pki.tls.PartyTrustManager;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// A connection by FTP over TLS: a control connection, and passive, protected data connections that resume its
/// TLS session (RFC 4217, 12). What broke off is resumed when the same file is put again.
final class FtpsLine implements TreeLine {

    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int REPLY_BYTES_MAX = 65_536;
    private static final Pattern EXTENDED = Pattern.compile("\\(\\|\\|\\|([0-9]{1,5})\\|\\)");
    private static final Pattern PLAIN = Pattern.compile("[0-9]+,[0-9]+,[0-9]+,[0-9]+,([0-9]{1,3}),([0-9]{1,3})");

    private final Address at;
    private final SSLSocketFactory sockets;
    private final Socket line;
    private Socket control;

    private FtpsLine(Address at, SSLSocketFactory sockets, Socket line) {
        this.at = at;
        this.sockets = sockets;
        this.line = line;
        this.control = line;
    }

    static FtpsLine open(Identity identity, Place place) throws IOException {
        Address at = Objects.requireNonNull(place.ftps());
        var keys = identity.credential() == null ? null : new PartyKeyManager(identity.credential());
        SSLSocketFactory sockets = MutualTls.context(
                        keys, new PartyTrustManager(place.anchors(), InstantSource.system()))
                .getSocketFactory();
        var begun = new FtpsLine(at, sockets, new Socket());
        try {
            begun.connect();
            begun.logIn(identity.party());
            begun.require("PBSZ 0");
            begun.require("PROT P");
            begun.require("TYPE I");
            return begun;
        } catch (IOException | RuntimeException e) {
            begun.close();
            throw e;
        }
    }

    private void connect() throws IOException {
        line.connect(at.socketAddress(), TIMEOUT_MILLIS);
        line.setSoTimeout(TIMEOUT_MILLIS);
        line.setTcpNoDelay(true);
        Reply greeting = reply();
        if (!greeting.isDone()) {
            throw new IOException("the door does not open: " + greeting);
        }
        require("AUTH TLS");
    }

    /// In TLS 1.3 a client learns after its handshake that its certificate is not taken (RFC 8446, 4.4.2.4),
    /// and the alert can be lost.
    private void logIn(String party) throws IOException {
        Reply reply;
        try {
            control = secured(line);
            reply = ask("USER " + party);
        } catch (SSLException | EOFException | SocketException e) {
            throw new NoLogin("the other end closed the line: " + e.getMessage(), e);
        }
        if (reply.code == 421) {
            throw new IOException("the other end takes nobody now: " + reply);
        }
        if (!reply.isDone()) { // 331: it wants a password, and the kit has none
            throw new NoLogin("the other end does not let " + party + " in: " + reply);
        }
    }

    /// As the control connection's other end, also for data: by that name and port its session is found again.
    private SSLSocket secured(Socket plain) throws IOException {
        var tls = (SSLSocket) sockets.createSocket(plain, at.host(), at.port(), true);
        tls.setSSLParameters(MutualTls.parameters(true));
        tls.startHandshake();
        return tls;
    }

    /// An answer on the control connection (RFC 959, 4.2).
    ///
    /// @param text of its last line
    private record Reply(int code, String text) {

        private static final Pattern FORM = Pattern.compile("([1-5][0-9]{2})([ -])(.*)");

        boolean isBegun() {
            return code < 200;
        }

        boolean isDone() {
            return code >= 200 && code < 300;
        }

        boolean isHalfDone() {
            return code >= 300 && code < 400;
        }

        @Override
        public String toString() {
            return code + " " + text;
        }
    }

    private Reply ask(String command) throws IOException {
        OutputStream out = control.getOutputStream();
        out.write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return reply();
    }

    private void require(String command) throws IOException {
        Reply reply = ask(command);
        if (!reply.isDone()) {
            throw new IOException("to " + command + " the other end said " + reply);
        }
    }

    private Reply reply() throws IOException {
        InputStream in = control.getInputStream();
        int read = 0;
        String begin = "";
        while (true) {
            String text = line(in, REPLY_BYTES_MAX - read);
            read += text.length() + 2;
            Matcher form = Reply.FORM.matcher(text);
            boolean isForm = form.matches();
            if (begin.isEmpty()) {
                if (!isForm) {
                    throw new DealerDriver.Unintelligible("no reply of FTP: " + text);
                }
                begin = form.group(1);
            }
            if (isForm && form.group(2).equals(" ") && form.group(1).equals(begin)) {
                return new Reply(Integer.parseInt(begin), form.group(3));
            }
        }
    }

    private static String line(InputStream in, int bytesMax) throws IOException {
        var line = new ByteArrayOutputStream(128);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the other end closed the line without an answer");
            }
            if (line.size() >= bytesMax) {
                throw new DealerDriver.Unintelligible("a reply of more than " + REPLY_BYTES_MAX + " bytes");
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    /// Asks for nothing, since an end that went shows only then.
    @Override
    public boolean isOpen() {
        try {
            return ask("NOOP").isDone();
        } catch (IOException ended) {
            return false;
        }
    }

    /// What a refusal is about is looked for: FTP has one code for all of them.
    private Refused refused(Reply reply, String about) throws IOException {
        Refused.Kind kind = ask("MLST " + about).isDone() ? Refused.Kind.FAILED : Refused.Kind.NOT_THERE;
        return new Refused(kind, reply.toString());
    }

    /// A data connection on which a transfer has begun; before TLS.
    private Socket begun(String command, String about) throws IOException {
        var data = new Socket();
        try {
            data.connect(new InetSocketAddress(line.getInetAddress(), passivePort()), TIMEOUT_MILLIS);
            data.setSoTimeout(TIMEOUT_MILLIS);
            Reply begun = ask(command);
            if (!begun.isBegun()) {
                throw refused(begun, about);
            }
            return data;
        } catch (IOException | RuntimeException e) {
            data.close();
            throw e;
        }
    }

    private int passivePort() throws IOException {
        Reply extended = ask("EPSV");
        Matcher port = EXTENDED.matcher(extended.text);
        if (extended.code == 229 && port.find()) {
            return Integer.parseInt(port.group(1));
        }
        Reply plain = ask("PASV");
        Matcher bytes = PLAIN.matcher(plain.text);
        if (plain.code == 227 && bytes.find()) {
            return (Integer.parseInt(bytes.group(1)) << Byte.SIZE) + Integer.parseInt(bytes.group(2));
        }
        throw new IOException("no data connection is to be had: " + extended + "; " + plain);
    }

    @Override
    public void put(String path, byte[] content, Manner manner) throws IOException {
        String folder = path.substring(0, path.lastIndexOf('/'));
        int from = restart(path, content.length);
        int end = manner == Manner.CUT_HALF_WAY ? content.length / 2 : content.length;
        require("ALLO " + content.length); // who says how much comes is not kept waiting at its end
        try (Socket data = begun("STOR " + path, folder)) {
            IOException notAllTaken = null;
            try {
                SSLSocket tls = secured(data);
                write(tls.getOutputStream(), content, Math.min(from, end), end, manner);
                if (manner == Manner.CUT_HALF_WAY) {
                    throw new Cut("the line was cut half-way");
                }
                finish(tls);
            } catch (Cut cut) {
                throw cut;
            } catch (IOException e) {
                notAllTaken = e; // who refuses early answers before all is sent
            }
            if (manner == Manner.CUT_BEFORE_ANSWER) {
                throw new Cut("the line was cut before the answer");
            }
            Reply ended = reply();
            if (!ended.isDone()) {
                Refused refused = refused(ended, folder);
                if (notAllTaken != null) {
                    refused.addSuppressed(notAllTaken);
                }
                throw refused;
            }
        } catch (Cut cut) {
            close();
            throw cut;
        }
    }

    private static final class Cut extends IOException {

        private static final long serialVersionUID = 1;

        Cut(String how) {
            super(how);
        }
    }

    /// Where to go on with a file of which a part is there.
    private int restart(String path, int bytes) throws IOException {
        Reply size = ask("SIZE " + path);
        boolean isPart =
                size.code == 213 && size.text.matches("[1-9][0-9]{0,8}") && Integer.parseInt(size.text) < bytes;
        return isPart && ask("REST " + size.text).isHalfDone() ? Integer.parseInt(size.text) : 0;
    }

    private static void write(OutputStream out, byte[] content, int from, int end, Manner manner) throws IOException {
        int step = manner == Manner.SLOWLY ? Math.max(1, content.length / PIECES) : content.length;
        for (int begin = from; begin < end; begin += step) {
            out.write(content, begin, Math.min(step, end - begin));
            out.flush();
            if (manner == Manner.SLOWLY) {
                Pause.millis(PAUSE_MILLIS);
            }
        }
    }

    /// Says by TLS that this was all, and waits until the other end has said so, too.
    private static void finish(SSLSocket tls) throws IOException {
        tls.shutdownOutput();
        if (tls.getInputStream().read() >= 0) {
            throw new DealerDriver.Unintelligible("the other end sent data while a file was put");
        }
    }

    private byte[] fetched(String command, String about) throws IOException {
        byte[] content;
        try (Socket data = begun(command, about);
                SSLSocket tls = secured(data)) {
            content = tls.getInputStream().readNBytes(FILE_BYTES_MAX + 1);
        }
        if (content.length > FILE_BYTES_MAX) {
            throw TreeLine.tooLarge(about);
        }
        Reply ended = reply();
        if (!ended.isDone()) {
            throw refused(ended, about);
        }
        return content;
    }

    @Override
    public byte[] read(String path) throws IOException {
        return fetched("RETR " + path, path);
    }

    /// By facts (RFC 3659, 7.2): `type=file;size=812; 7-claim.xml`.
    @Override
    public List<String> names(String folder) throws IOException {
        byte[] listing = fetched("MLSD " + folder, folder);
        List<String> names = new ArrayList<>();
        try (var lines =
                new BufferedReader(new InputStreamReader(new ByteArrayInputStream(listing), StandardCharsets.UTF_8))) {
            for (String entry = lines.readLine(); entry != null; entry = lines.readLine()) {
                int space = entry.indexOf(' ');
                if (space < 0) {
                    throw new DealerDriver.Unintelligible("no facts of a file: " + entry);
                }
                if (entry.substring(0, space).toLowerCase(Locale.ROOT).contains("type=file;")) {
                    names.add(entry.substring(space + 1));
                }
                if (names.size() > LISTED_MAX) {
                    throw TreeLine.tooMany(folder);
                }
            }
        }
        return names;
    }

    @Override
    public void remove(String path) throws IOException {
        Reply reply = ask("DELE " + path);
        if (!reply.isDone()) {
            throw refused(reply, path);
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Reply half = ask("RNFR " + from);
        if (!half.isHalfDone()) {
            throw refused(half, from);
        }
        Reply reply = ask("RNTO " + to);
        if (!reply.isDone()) {
            throw refused(reply, from);
        }
    }

    /// Below TLS, so that nothing says that this is the end.
    @Override
    public void close() {
        try {
            line.close();
        } catch (IOException alreadyBroken) {
            assert line.isClosed();
        }
    }
}
