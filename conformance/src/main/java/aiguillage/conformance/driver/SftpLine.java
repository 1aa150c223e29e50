package aiguillage.conformance.driver;

import aiguillage.config.Address;
import aiguillage.pki.SshLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.client.RawSftpClient;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/// A connection by SFTP, by Apache MINA's client.
final class SftpLine implements TreeLine {

    private static final Duration STEP_MAX = Duration.ofSeconds(30);
    private static final int CHUNK = 32_000;

    private final SshClient ssh;
    private final SftpClient sftp;

    private SftpLine(SshClient ssh, SftpClient sftp) {
        this.ssh = ssh;
        this.sftp = sftp;
    }

    static SftpLine open(Identity identity, Place place) throws IOException {
        SshLibrary.keepToItself();
        SshClient ssh = SshClient.setUpDefaultClient();
        ssh.setNioWorkers(1);
        CoreModuleProperties.IDLE_TIMEOUT.set(ssh, STEP_MAX); // how long an answer may take
        ssh.setServerKeyVerifier((session, address, key) ->
                place.sftpHostKey() == null || place.sftpHostKey().equals(KeyUtils.getFingerPrint(key)));
        ssh.setKeyIdentityProvider(
                identity.sshKey() == null
                        ? KeyIdentityProvider.EMPTY_KEYS_PROVIDER
                        : KeyIdentityProvider.wrapKeyPairs(identity.sshKey()));
        ssh.start();
        try {
            Address at = Objects.requireNonNull(place.sftp());
            ClientSession session = ssh.connect(identity.party(), at.host(), at.port())
                    .verify(STEP_MAX)
                    .getSession();
            authenticate(session);
            return new SftpLine(ssh, SftpClientFactory.instance().createSftpClient(session));
        } catch (IOException e) {
            ssh.stop();
            throw e;
        }
    }

    private static void authenticate(ClientSession session) throws IOException {
        try {
            session.auth().verify(STEP_MAX);
        } catch (SshException e) {
            if (e.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_HOST_KEY_NOT_VERIFIABLE) {
                throw new IOException("its host key is not the one whose fingerprint was given", e);
            }
            throw new NoLogin("no key of this user was taken: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean isOpen() {
        return sftp.isOpen();
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    /// Says a refusal as [TreeLine] does; a listing's iterator wraps what the other end says.
    private static <T> T told(Step<T> step) throws IOException {
        try {
            return step.run();
        } catch (SftpException e) {
            throw refused(e);
        } catch (RuntimeException e) {
            switch (e.getCause()) {
                case SftpException said -> throw refused(said);
                case IOException broken -> throw broken;
                case null, default -> throw e;
            }
        }
    }

    private static Refused refused(SftpException e) {
        Refused.Kind kind = switch (e.getStatus()) {
            case SftpConstants.SSH_FX_NO_SUCH_FILE -> Refused.Kind.NOT_THERE;
            case SftpConstants.SSH_FX_PERMISSION_DENIED -> Refused.Kind.NOT_ALLOWED;
            default -> Refused.Kind.FAILED;
        };
        return new Refused(kind, String.valueOf(e.getMessage()), e);
    }

    @Override
    public void put(String path, byte[] content, Manner manner) throws IOException {
        told(() -> {
            SftpClient.CloseableHandle handle = sftp.open(
                    path, SftpClient.OpenMode.Write, SftpClient.OpenMode.Create, SftpClient.OpenMode.Truncate);
            write(handle, content, manner);
            end(handle, manner);
            return path;
        });
    }

    private void write(SftpClient.CloseableHandle handle, byte[] content, Manner manner) throws IOException {
        try {
            int end = manner == Manner.CUT_HALF_WAY ? content.length / 2 : content.length;
            int step = manner == Manner.SLOWLY ? Math.max(1, content.length / PIECES) : CHUNK;
            for (int at = 0; at < end; at += step) {
                sftp.write(handle, at, content, at, Math.min(step, end - at));
                if (manner == Manner.SLOWLY) {
                    Pause.millis(PAUSE_MILLIS);
                }
            }
        } catch (SftpException e) {
            abandon(handle, e);
            throw e;
        }
    }

    private void end(SftpClient.CloseableHandle handle, Manner manner) throws IOException {
        switch (manner) {
            case AT_ONCE, SLOWLY -> handle.close();
            case CUT_HALF_WAY -> {
                close();
                throw new IOException("the line was cut half-way");
            }
            case CUT_BEFORE_ANSWER -> {
                ((RawSftpClient) sftp).send(SftpConstants.SSH_FXP_CLOSE, closing(handle));
                close();
                throw new IOException("the line was cut before the answer");
            }
        }
    }

    private static ByteArrayBuffer closing(SftpClient.Handle handle) {
        var buffer = new ByteArrayBuffer(64, false);
        buffer.putBytes(handle.getIdentifier());
        return buffer;
    }

    private static void abandon(SftpClient.CloseableHandle handle, SftpException why) {
        try {
            handle.close();
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    @Override
    public byte[] read(String path) throws IOException {
        return told(() -> {
            try (InputStream in = sftp.read(path)) {
                byte[] content = in.readNBytes(FILE_BYTES_MAX + 1);
                if (content.length > FILE_BYTES_MAX) {
                    throw TreeLine.tooLarge(path);
                }
                return content;
            }
        });
    }

    @Override
    public List<String> names(String folder) throws IOException {
        return told(() -> {
            List<String> names = new ArrayList<>();
            for (SftpClient.DirEntry entry : sftp.readDir(folder)) {
                names.add(entry.getFilename());
                if (names.size() > LISTED_MAX) {
                    throw TreeLine.tooMany(folder);
                }
            }
            return names;
        });
    }

    @Override
    public void remove(String path) throws IOException {
        told(() -> {
            sftp.remove(path);
            return path;
        });
    }

    @Override
    public void rename(String from, String to) throws IOException {
        told(() -> {
            sftp.rename(from, to);
            return to;
        });
    }

    @Override
    public void close() {
        ssh.stop(); // at once
    }
}
