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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

    private static final Set<String> TRANSFERS = Set.of("RETR", "STOR", "APPE", "LIST", "NLST", "MLSD");

    /// What programs put between `LIST` and a path.
    private static final Pattern OPTIONS = Pattern.compile("^(-[A-Za-z1]+ *)+");

    private final PartyTree tree;
    private final Control control;
    private final Line line;
    private TreePath folder;
    private @Nullable TreePath renamed;
    private long restart;
    private boolean isProtected;
    private @Nullable DataConnection data;
    private @Nullable Transfer transfer; // guarded by this

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
            if (!answersSession(command)) {
                answerFiles(command);
            }
            if (!command.verb().equals("RNFR")) {
                renamed = null;
            }
        } catch (FileRefused refused) {
            control.reply(refused.kind() == FileRefused.Kind.BUSY ? 450 : 550, refused.sentence());
        } catch (Refused refused) {
            control.reply(550, Control.sentences(refused));
        } finally {
            if (TRANSFERS.contains(command.verb())) {
                restart = 0; // programs ask for ports between REST and these
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
            case "ALLO" -> control.reply(202, "Room is taken as it comes.");
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

    private void rename(String argument) throws IOException {
        TreePath from = renamed;
        if (from == null) {
            control.reply(503, "Send RNFR before.");
            return;
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
            data = line.listen();
        } catch (IOException e) {
            control.reply(425, "All ports for data are taken: try again in a while.");
        }
        return data;
    }

    private void dropData() {
        if (data != null) {
            data.close();
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
        var mode = isAppended ? PartyTree.Mode.APPENDED : restart == 0 ? PartyTree.Mode.ANEW : PartyTree.Mode.RESUMED;
        long from = restart;
        var file = tree.write(path, mode);
        try {
            transferred(going -> {
                going.receive(file, from);
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
            control.reply(425, "Send EPSV or PASV before.");
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
            control.reply(426, "The data connection broke off; what came of a file stays to be resumed.");
        } finally {
            begins(null);
        }
    }

    private synchronized void begins(@Nullable Transfer going) {
        transfer = going;
    }

    /// The other end wants what goes through to stop, or is gone: what came is not all.
    synchronized void interrupt() {
        if (transfer != null) {
            transfer.interrupt();
        }
    }

    @Override
    public void close() {
        interrupt();
        dropData();
    }
}
