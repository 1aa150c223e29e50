package aiguillage.hub.ftps;

import aiguillage.hub.files.FileTrees;
import aiguillage.hub.ftps.Control.Command;
import aiguillage.hub.login.Login;
import aiguillage.hub.login.Logins;
import aiguillage.hub.login.Places;
import aiguillage.hub.login.Verdict;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.trust.Caller;
import aiguillage.hub.trust.Trust;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One control connection, from its first byte to its last: TLS, login, then a [FtpConversation]. Its thread is
/// the one that runs it; [#sweep] and [#close] are for others.
final class FtpConnection implements Runnable {

    static final int TRIES_MAX = 3;
    static final Duration LOGIN_MAX = Duration.ofSeconds(30);
    static final Duration IDLE_MAX = Duration.ofMinutes(10);

    /// Commands sent ahead.
    private static final int AHEAD_MAX = 16;

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /// What stands for the end among commands; none that comes has a verb in lower case.
    private static final Command OVER = new Command("over", "");

    private static final Logger LOG = LoggerFactory.getLogger(FtpConnection.class);

    private final Socket line;
    private final Parts parts;
    private final SSLContext context;
    private final long began = System.nanoTime();
    private volatile long moved = began;
    private volatile @Nullable Known known;
    private volatile @Nullable FtpConversation conversation;

    /// What all connections of a door share.
    ///
    /// @param announced the address for `PASV`; null: that by which the connection came
    /// @param waiting runs what may wait, each on its own thread
    /// @param onFailure told of what nobody foresaw
    record Parts(
            FileTrees trees,
            Trust trust,
            Logins logins,
            Places<FtpConnection> places,
            DataPorts ports,
            @Nullable InetAddress announced,
            Executor waiting,
            Consumer<Throwable> onFailure) {}

    /// Who is in, and by what.
    private sealed interface Known {

        PartyId party();

        record ByCertificate(Caller caller, SSLSession session) implements Known {
            @Override
            public PartyId party() {
                return caller.party();
            }
        }

        record ByPassword(Login login) implements Known {
            @Override
            public PartyId party() {
                return login.party();
            }
        }
    }

    /// @param context of this connection alone: a TLS session that is resumed was its own
    FtpConnection(Socket line, Parts parts, SSLContext context) {
        this.line = line;
        this.parts = parts;
        this.context = context;
    }

    InetAddress from() {
        return line.getInetAddress();
    }

    @Override
    public void run() {
        try (line) {
            line.setTcpNoDelay(true);
            SSLSocket tls = secured();
            if (tls != null) {
                parts.places.talks(this);
                converse(tls);
            }
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("An FTPS connection ended before its end; its files can be resumed.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("An FTPS connection failed and was ended; read the cause.");
            parts.onFailure.accept(e);
        } finally {
            parts.places.left(this);
        }
    }

    /// In the clear there is nothing but the way to TLS.
    private @Nullable SSLSocket secured() throws IOException {
        var control = new Control(line.getInputStream(), line.getOutputStream());
        control.reply(220, "aiguillage. Send AUTH TLS.");
        for (Command command = control.read(); command != null; command = control.read()) {
            switch (command.verb()) {
                case "AUTH" -> {
                    if (command.argument().equalsIgnoreCase("TLS")
                            || command.argument().equalsIgnoreCase("TLS-C")) {
                        control.reply(234, "Go on in TLS.");
                        SSLSocket tls = secured(line);
                        tls.setWantClientAuth(true);
                        tls.startHandshake();
                        return tls;
                    }
                    control.reply(504, "Send AUTH TLS.");
                }
                case "FEAT" -> FtpConversation.features(control);
                case "QUIT" -> {
                    control.reply(221, "Goodbye.");
                    return null;
                }
                default -> control.reply(530, "Send AUTH TLS first: nothing is said here in the clear.");
            }
        }
        return null;
    }

    private SSLSocket secured(Socket plain) throws IOException {
        var tls = (SSLSocket) context.getSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
        tls.setUseClientMode(false);
        tls.setEnabledProtocols(PROTOCOLS);
        return tls;
    }

    private void converse(SSLSocket tls) throws IOException, InterruptedException {
        var control = new Control(tls.getInputStream(), tls.getOutputStream());
        Known in = loggedIn(control, tls.getSession());
        if (in == null) {
            return;
        }
        known = in;
        var commands = new ArrayBlockingQueue<Command>(AHEAD_MAX);
        try (var talk = new FtpConversation(parts.trees.of(in.party()), control, new OwnLine(tls.getSession(), in))) {
            conversation = talk;
            parts.waiting.execute(() -> read(control, commands, talk));
            boolean goesOn = true;
            while (goesOn) {
                Command command = commands.poll(IDLE_MAX.toMillis(), TimeUnit.MILLISECONDS);
                if (command == null) {
                    control.reply(421, "Nothing was asked for " + IDLE_MAX.toMinutes() + " minutes. Goodbye.");
                    return;
                }
                moves();
                goesOn = !command.equals(OVER) && talk.answer(command);
            }
        }
    }

    /// Reads commands while others are answered, so that it is known when the other end is gone or wants to
    /// stop.
    private void read(Control control, BlockingQueue<Command> commands, FtpConversation talk) {
        try {
            for (Command command = control.read(); command != null; command = control.read()) {
                if (command.verb().equals("ABOR")) {
                    talk.interrupt();
                } else if (command.verb().equals("QUIT")) {
                    talk.leaves();
                }
                put(command, commands);
            }
        } catch (IOException e) {
            LOG.atTrace().setCause(e).log("An FTPS control connection broke.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        talk.gone();
        if (!commands.offer(OVER)) {
            close(); // too much was sent ahead for an end behind it
        }
    }

    /// Waits for room among commands, unless nobody takes them any more.
    private void put(Command command, BlockingQueue<Command> commands) throws IOException, InterruptedException {
        while (!commands.offer(command, 1, TimeUnit.SECONDS)) {
            if (line.isClosed()) {
                throw new IOException("the conversation is over");
            }
        }
    }

    private @Nullable Known loggedIn(Control control, SSLSession session) throws IOException, InterruptedException {
        String user = "";
        int tries = 0;
        for (Command command = control.read(); command != null; command = control.read()) {
            Known found = null;
            switch (command.verb()) {
                case "USER" -> {
                    user = command.argument();
                    found = byCertificate(control, session, user);
                }
                case "PASS" -> {
                    switch (byPassword(user, command.argument(), session)) {
                        case Verdict.In(var login) -> found = new Known.ByPassword(login);
                        case Verdict.No() -> control.reply(530, "Not let in.");
                        case Verdict.Busy() -> {
                            control.reply(
                                    421, "Busy with other passwords; this was not looked at: come back in a while.");
                            return null;
                        }
                    }
                }
                case "PBSZ" -> control.reply(200, "PBSZ=0");
                case "PROT" -> control.reply(503, "Log in first, then send PROT P.");
                case "FEAT" -> FtpConversation.features(control);
                case "NOOP", "OPTS" -> control.reply(200, "Here.");
                case "SYST" -> control.reply(215, "UNIX Type: L8");
                case "QUIT" -> {
                    control.reply(221, "Goodbye.");
                    return null;
                }
                default -> control.reply(530, "Log in first.");
            }
            if (found != null) {
                return admitted(control, found, command.verb().equals("USER"));
            }
            tries += command.verb().equals("PASS") ? 1 : 0;
            if (tries >= TRIES_MAX) {
                control.reply(421, "Too many tries. Goodbye.");
                return null;
            }
        }
        return null;
    }

    private @Nullable Known admitted(Control control, Known found, boolean isByCertificate) throws IOException {
        if (!parts.places.admitted(this, found.party())) {
            control.reply(421, "All places are taken: come back in a while.");
            return null;
        }
        control.reply(isByCertificate ? 232 : 230, "You are in as " + found.party() + ".");
        return found;
    }

    /// Whoever shows a certificate is who it names. Says what to do next when that lets nobody in.
    private @Nullable Known byCertificate(Control control, SSLSession session, String user) throws IOException {
        if (!hasPeer(session)) {
            control.reply(331, "And the password?");
            return null;
        }
        try {
            Caller caller = parts.trust.identify(session);
            if (caller.party().value().equals(user)) {
                return new Known.ByCertificate(caller, session);
            }
            control.reply(530, "Your certificate names " + caller.party() + ": log in as that.");
        } catch (Refused refused) {
            control.reply(530, Control.sentences(refused));
        }
        return null;
    }

    private static boolean hasPeer(SSLSession session) {
        try {
            return session.getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException none) {
            return false;
        }
    }

    private Verdict byPassword(String user, String password, SSLSession session) throws InterruptedException {
        if (hasPeer(session)) {
            return new Verdict.No();
        }
        try {
            return parts.logins.byPassword(user, password, from()).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password could not be judged", e.getCause());
        }
    }

    private final class OwnLine implements FtpConversation.Line {

        private final SSLSession session;
        private final Known known;

        OwnLine(SSLSession session, Known known) {
            this.session = session;
            this.known = known;
        }

        @Override
        public DataConnection listen() throws IOException {
            PartyId party = known.party();
            return new DataConnection(parts.ports.open(party, line.getLocalAddress()), () -> parts.ports.closed(party));
        }

        @Override
        public InetAddress from() {
            return FtpConnection.this.from();
        }

        @Override
        public InetAddress announced() {
            return parts.announced == null ? line.getLocalAddress() : parts.announced;
        }

        @Override
        public DataConnection.Securing securing() {
            return new DataConnection.Securing() {
                @Override
                public SSLSocket secured(Socket plain) throws IOException {
                    SSLSocket tls = FtpConnection.this.secured(plain);
                    tls.setWantClientAuth(known instanceof Known.ByCertificate);
                    return tls;
                }

                @Override
                public boolean isTheirs(SSLSession data) {
                    return DataConnection.isSame(session, data);
                }
            };
        }

        @Override
        public void requireTrusted() {
            if (known instanceof Known.ByCertificate(var caller, var _)) {
                parts.trust.requireKnownStatus(caller);
            }
        }

        @Override
        public void moves() {
            FtpConnection.this.moves();
        }
    }

    private void moves() {
        moved = System.nanoTime();
    }

    /// Ends it when its time to log in is over, nothing moves, or its party would not be let in any more. To be
    /// called several times a second.
    void sweep() {
        long now = System.nanoTime();
        Known in = known;
        boolean isOver =
                in == null ? now - began > LOGIN_MAX.toNanos() : now - moved > IDLE_MAX.toNanos() || isOver(in);
        FtpConversation talk = conversation;
        if (isOver) {
            close();
        } else if (talk != null) {
            talk.sweep();
        }
    }

    private boolean isOver(Known in) {
        return switch (in) {
            case Known.ByCertificate(var _, var session) -> parts.trust.isOver(session);
            case Known.ByPassword(var login) -> parts.logins.isOver(login);
        };
    }

    /// Ends it below TLS, which could wait for the other end.
    void close() {
        FtpConversation talk = conversation;
        if (talk != null) {
            talk.gone();
        }
        try {
            line.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("An FTPS connection did not close cleanly.");
        }
    }
}
