package aiguillage.hub.sftp;

import aiguillage.hub.files.PartyTree;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One SFTP conversation on an SSH channel, on a thread of its own that waits where the tree waits.
final class SftpCommand implements Command {

    private static final Logger LOG = LoggerFactory.getLogger(SftpCommand.class);
    private static final int BUFFER_BYTES = 64 << 10;

    private final PartyTree tree;
    private final Executor waiting;
    private final Consumer<Throwable> onFailure;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private @Nullable ExitCallback exit;

    SftpCommand(PartyTree tree, Executor waiting, Consumer<Throwable> onFailure) {
        this.tree = tree;
        this.waiting = waiting;
        this.onFailure = onFailure;
    }

    @Override
    public void setInputStream(InputStream in) {
        this.in = in;
    }

    @Override
    public void setOutputStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {
        // nothing is told beside the answers
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        this.exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
        waiting.execute(this::run);
    }

    private void run() {
        var buffered = new BufferedInputStream(in, BUFFER_BYTES);
        try (SftpSession session = new SftpSession(tree, buffered, new BufferedOutputStream(out, BUFFER_BYTES))) {
            session.converse();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("An SFTP conversation ended before its end; its files can be resumed.");
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("An SFTP conversation failed and was ended; read the cause.");
            onFailure.accept(e);
        } finally {
            if (exit != null) {
                exit.onExit(0);
            }
        }
    }

    /// The channel is gone, and with it the input: the conversation ends by itself.
    @Override
    public void destroy(ChannelSession channel) {
        // see above
    }
}
