package aiguillage.hub.ftps;

import aiguillage.hub.files.FileRefused;
import aiguillage.hub.files.Listing;
import aiguillage.hub.files.Node;
import aiguillage.hub.files.PartyTree;
import aiguillage.hub.files.TreePath;
import aiguillage.hub.ftps.Control.Command;
import aiguillage.hub.problem.Refused;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The conversation with a party that is in: each command is one step of its tree. For one thread, except
/// [#interrupt] and [#close].
final class FtpConversation implements AutoCloseable {

    private static final List<String> FEATURES = List.of(
            "AUTH TLS",
            "EPSV",
            "MDTM",
            "MLST type*;size*;modify*;",
            "PASV",
            "PBSZ",
            "PROT",
            "REST STREAM",
            "SIZE",
            "TVFS",
            "UTF8");

    private static final Pattern ANNOUNCED = Pattern.compile("([0-9]{1,15})( R [0-9]{1,15})?");

    private static final Set<String> TRANSFERS = Set.of("RETR", "STOR", "APPE", "LIST", "NLST", "MLSD");

    /// What programs put between `LIST` and a path.
    private static final Pattern OPTIONS = Pattern.compile("^(?:-[A-Za-z1]++ *+)++");

    private static final Logger LOG = LoggerFactory.getLogger(FtpConversation.class);

    private static final String NO_DATA = "Send EPSV or PASV before.";

    private final PartyTree tree;
    private final Control control;
    private final Line line;
    private TreePath folder;
    private @Nullable TreePath renamed;
    private long restart;
    private long announcedBytes;
    private boolean isProtected;
    private volatile @Nullable DataConnection data;
    private @Nullable Transfer transfer; // guarded by this
    private boolean isOver; // guarded by this

    /// What the conversation needs to know of its connection.
    interface Line {

        /// Opens a port for a data connection.
        DataConnection listen() throws IOException;

        /// Where the control connection comes from.
        InetAddress from();

        /// The address to announce for `PASV`.
        InetAddress announced();

        DataConnection.Securing securing();

        /// Requires that documents of the party are taken now.
        ///
        /// @throws Refused when not
        void requireTrusted();

        /// Something went through: the connection is alive.
        void moves();
    }

    FtpConversation(PartyTree tree, Control control, Line line) throws FileRefused {
        this.tree = tree;
        this.control = control;
        this.line = line;
        this.folder = TreePath.of("/");
    }

    /// Answers one command.
    ///
    /// @return whether the conversation goes on
    boolean answer(Command command) throws IOException {
        try {
            if (command.verb().equals("QUIT")) {
                control.reply(221, "Goodbye.");
                return false;
            }
            try {
                if (!answersSession(command)) {
                    answerFiles(command);
                }
            } catch (Refused refused) {
                throw tree.refused(refused);
            }
            if (!command.verb().equals("RNFR")) {
                renamed = null;
            }
        } catch (FileRefused refused) {
            control.reply(refused.kind() == FileRefused.Kind.BUSY ? 450 : 550, refused.sentence());
        } finally {
            if (TRANSFERS.contains(command.verb())) {
                restart = 0; // programs ask for ports between REST and these
                announcedBytes = 0;
            }
        }
        return true;
    }

    private boolean answersSession(Command command) throws IOException {
        String argument = command.argument();
        switch (command.verb()) {
            case "NOOP" -> control.reply(200, "Here.");
            case "SYST" -> control.reply(215, "UNIX Type: L8");
            case "FEAT" -> features(control);
            case "HELP" -> control.reply(214, "The files of a hub of documents: in, out, done, refused.");
            case "OPTS" -> options(argument);
            case "TYPE" -> type(argument);
            case "MODE" -> only(argument, "S", "Files go as a stream.");
            case "STRU" -> only(argument, "F", "Files are files.");
            case "ALLO" -> announce(argument);
            case "PBSZ" -> control.reply(200, "PBSZ=0");
            case "PROT" -> protect(argument);
            case "PASV" -> passive();
            case "EPSV" -> extendedPassive(argument);
            case "PORT", "EPRT" ->
                control.reply(522, "The hub opens no connections to anybody: set your program to passive mode.");
            case "ABOR" -> control.reply(226, "Nothing is going on any more.");
            case "STAT" -> status(argument);
            case "USER", "PASS" -> control.reply(503, "You are in already.");
            case "AUTH" -> control.reply(503, "TLS is on already.");
            case "CCC" -> control.reply(534, "TLS stays on.");
            case "REST" -> restart(argument);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void answerFiles(Command command) throws IOException {
        String argument = command.argument();
        switch (command.verb()) {
            case "PWD", "XPWD" -> control.reply(257, quoted(folder) + " is where you are.");
            case "CWD", "XCWD" -> change(path(argument));
            case "CDUP", "XCUP" -> change(path(".."));
            case "LIST" -> list(OPTIONS.matcher(argument).replaceFirst(""), Listed.LONG);
            case "NLST" -> list(OPTIONS.matcher(argument).replaceFirst(""), Listed.NAME);
            case "MLSD" -> list(argument, Listed.FACTS);
            case "MLST" -> facts(path(argument));
            case "SIZE" ->
                control.reply(213, String.valueOf(file(path(argument)).bytes()));
            case "MDTM" -> control.reply(213, Listed.time(file(path(argument)).modified()));
            case "RETR" -> retrieve(path(argument));
            case "STOR" -> store(path(argument), false);
            case "APPE" -> store(path(argument), true);
            case "RNFR" -> {
                TreePath from = path(argument);
                file(from);
                renamed = from;
                control.reply(350, "And its new name?");
            }
            case "RNTO" -> rename(argument);
            case "DELE" -> {
                tree.remove(path(argument));
                control.reply(250, "Removed.");
            }
            case "MKD", "XMKD", "RMD", "XRMD" ->
                control.reply(550, "Folders are the hub's: none is made, none removed.");
            default -> control.reply(502, "That is not to be had here.");
        }
    }

    /// What the door can do beside the oldest commands (RFC 2389).
    static void features(Control control) throws IOException {
        control.reply(211, "Beside RFC 959:", FEATURES, "End.");
    }

    private void options(String argument) throws IOException {
        boolean isUtf8 = argument.toUpperCase(Locale.ROOT).startsWith("UTF8");
        control.reply(isUtf8 ? 200 : 501, isUtf8 ? "Names are in UTF-8." : "There is nothing to choose.");
    }

    /// Both types give the bytes as they are: what a receipt proves is not rewritten.
    private void type(String argument) throws IOException {
        boolean isKnown = argument.toUpperCase(Locale.ROOT).matches("[AI]( N)?|L 8");
        control.reply(isKnown ? 200 : 504, isKnown ? "Bytes go as they are." : "Only types I and A are known.");
    }

    private void only(String argument, String known, String good) throws IOException {
        boolean isKnown = argument.equalsIgnoreCase(known);
        control.reply(isKnown ? 200 : 504, isKnown ? good : "Only " + known + " is known.");
    }

    private void protect(String argument) throws IOException {
        if (argument.equalsIgnoreCase("P")) {
            isProtected = true;
            control.reply(200, "Data connections are protected.");
        } else {
            control.reply(536, "Data connections are protected or none: send PROT P.");
        }
    }

    private static String quoted(TreePath path) {
        return "\"" + path.toString().replace("\"", "\"\"") + "\"";
    }

    private TreePath path(String argument) throws FileRefused {
        return TreePath.of(argument.startsWith("/") ? argument : folder + "/" + argument);
    }

    private void change(TreePath to) throws IOException {
        if (!tree.stat(to).isFolder()) {
            control.reply(550, to + " is no folder.");
            return;
        }
        folder = to;
        control.reply(250, to + " is where you are.");
    }

    private Node file(TreePath path) throws IOException {
        Node node = tree.stat(path);
        if (node.isFolder()) {
            throw new FileRefused(FileRefused.Kind.FAILED, path + " is a folder.");
        }
        return node;
    }

    private void facts(TreePath path) throws IOException {
        Node node = tree.stat(path);
        control.reply(250, "It is:", List.of(Listed.FACTS.line(node, path.toString())), "End.");
    }

    private void status(String argument) throws IOException {
        control.reply(
                argument.isEmpty() ? 211 : 502,
                argument.isEmpty() ? "All is well; TLS is on." : "Ask with LIST or MLST.");
    }

    private void restart(String argument) throws IOException {
        if (!argument.matches("[0-9]{1,15}")) {
            control.reply(501, "From which byte on?");
            return;
        }
        restart = Long.parseLong(argument);
        control.reply(350, "From byte " + restart + " on. And what?");
    }

    /// Room is taken as it comes; but when fewer bytes come than were announced, that was not all.
    private void announce(String argument) throws IOException {
        Matcher number = ANNOUNCED.matcher(argument);
        if (!number.matches()) {
            control.reply(501, "How many bytes?");
            return;
        }
        announcedBytes = Long.parseLong(number.group(1));
        control.reply(200, "Fewer would be a part.");
    }

    private void rename(String argument) throws IOException {
        TreePath from = renamed;
        if (from == null) {
            control.reply(503, "Send RNFR before.");
            return;
        }
        if (from.isIncoming()) { // by its new name it may be a document
            line.requireTrusted();
        }
        tree.rename(from, path(argument));
        control.reply(250, "Done.");
    }

    private void passive() throws IOException {
        if (!(line.announced() instanceof Inet4Address address)) {
            control.reply(425, "You came by IPv6: send EPSV.");
            return;
        }
        DataConnection next = listening();
        if (next != null) {
            String host = Objects.requireNonNull(address.getHostAddress()).replace('.', ',');
            control.reply(
                    227, "Passive (" + host + "," + (next.port() >> Byte.SIZE) + "," + (next.port() & 0xff) + ").");
        }
    }

    private void extendedPassive(String argument) throws IOException {
        if (argument.equalsIgnoreCase("ALL")) {
            control.reply(200, "Nothing else is had here.");
            return;
        }
        DataConnection next = listening();
        if (next != null) {
            control.reply(229, "Passive (|||" + next.port() + "|).");
        }
    }

    /// Null when that was refused.
    private @Nullable DataConnection listening() throws IOException {
        if (!isProtected) {
            control.reply(521, "Data connections are protected here: send PBSZ 0 and PROT P before.");
            return null;
        }
        dropData();
        try {
            tree.request(); // before anything of the door's is taken
            DataConnection next = line.listen();
            data = next;
            return next;
        } catch (FileRefused tooMany) {
            control.reply(425, tooMany.sentence());
            return null;
        } catch (IOException e) {
            control.reply(425, "All ports for data are taken: try again in a while.");
            return null;
        }
    }

    private void dropData() {
        DataConnection dropped = data;
        if (dropped != null) {
            dropped.close();
            data = null;
        }
    }

    private void list(String argument, Listed form) throws IOException {
        TreePath path = path(argument);
        Node node = tree.stat(path);
        if (!node.isFolder()) {
            if (form == Listed.FACTS) {
                control.reply(501, path + " is no folder: ask with MLST.");
                return;
            }
            transferred(going -> going.send(form.line(node, argument) + "\r\n"));
            return;
        }
        try (Listing listing = tree.list(path)) {
            transferred(going -> {
                for (List<Node> page = listing.next(); !page.isEmpty(); page = listing.next()) {
                    var text = new StringBuilder();
                    page.forEach(
                            each -> text.append(form.line(each, each.name())).append("\r\n"));
                    going.send(text.toString());
                }
            });
        }
    }

    private void retrieve(TreePath path) throws IOException {
        long from = restart;
        try (var file = tree.read(path)) {
            transferred(going -> going.send(file, from));
        }
    }

    /// A file has arrived only when its data came to their proper end; [Transfer#receive] says so.
    private void store(TreePath path, boolean isAppended) throws IOException {
        line.requireTrusted();
        if (data == null) {
            control.reply(425, NO_DATA);
            return;
        }
        // Not anew from the first byte on: what is there of it stays until that byte comes.
        var mode = isAppended ? PartyTree.Mode.APPENDED : PartyTree.Mode.RESUMED;
        boolean isFinal = !path.isTemporary();
        long from = restart;
        long announced = announcedBytes;
        var file = tree.write(path, mode);
        try {
            transferred(going -> {
                long came = going.receive(file, from);
                if (file.bytes() < announced) {
                    throw new FileRefused(
                            FileRefused.Kind.FAILED,
                            "Fewer bytes came than ALLO announced, so the file has not arrived: resume it.");
                }
                if (isFinal && came != announced) {
                    going.requireStanding();
                }
                file.finish();
            });
        } finally {
            file.breakOff();
        }
    }

    /// What is done while a data connection is open.
    private interface Step {
        void run(Transfer going) throws IOException;
    }

    private void transferred(Step step) throws IOException {
        DataConnection taken = data;
        if (taken == null) {
            control.reply(425, NO_DATA);
            return;
        }
        data = null;
        var going = new Transfer(taken, line::moves);
        begins(going);
        try (taken) {
            control.reply(150, "Open the data connection.");
            taken.accept(line.from(), line.securing());
            step.run(going);
            going.end();
            control.reply(226, "Done.");
            taken.linger();
        } catch (FileRefused refused) {
            taken.close();
            throw refused;
        } catch (DataConnection.NotTheirs e) {
            control.reply(
                    522,
                    "The data connection is not known to be yours: let your program resume the TLS session of the control"
                            + " connection, or show its client certificate.");
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("A data connection broke off; what came of its file can be resumed.");
            control.reply(426, "The data connection broke off; what came of a file stays to be resumed.");
        } finally {
            begins(null);
        }
    }

    private synchronized void begins(@Nullable Transfer going) {
        transfer = going;
        if (isOver) {
            interrupt();
        }
    }

    /// The other end wants what goes through to stop, or is gone: what came is not all.
    synchronized void interrupt() {
        if (transfer != null) {
            transfer.interrupt();
        }
    }

    /// The other end is gone, or does not wait for answers any more: what comes of a file now is not known to
    /// be all. What it fetches still goes out.
    synchronized void leaves() {
        if (transfer != null) {
            transfer.leaves();
        }
    }

    /// Nobody is there any more: nothing that begins goes through.
    synchronized void gone() {
        isOver = true;
        interrupt();
    }

    /// Drops a port that nobody has come to, and a connection that does not get on with TLS. To be called
    /// several times a second, from any thread.
    void sweep() {
        long now = System.nanoTime();
        DataConnection idle = data;
        if (idle != null && idle.isForgotten(now)) {
            idle.close();
        }
        Transfer going;
        synchronized (this) {
            going = transfer;
        }
        if (going != null) {
            going.sweep(now);
        }
    }

    @Override
    public void close() {
        gone();
        dropData();
    }
}
