package aiguillage.conformance.driver;

import aiguillage.config.Address;
import aiguillage.protocol.FlowName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.sftp.client.RawSftpClient;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.jspecify.annotations.Nullable;

/// SFTP version 3 (draft-ietf-secsh-filexfer-02), by Apache MINA's client: files put, fetched, removed and
/// renamed.
public final class SftpDoor implements Door {

    /// Without it SSHD adds Bouncy Castle to the providers of the whole process.
    private static final String BOUNCY_CASTLE_FOR_ALL = "org.apache.sshd.security.provider.BC.useNamed";

    private static final Words NAMED_BY_CONTENT = new Words(
            "Un fichier est nommé par son nom et son contenu : un autre contenu est un autre document.",
            "A document is named by the file's name and content: other content is another document.");
    private static final Words KEYS_DO_NOT_END = new Words(
            "Une clé SSH n'a ni date de fin ni autorité ; elle est dans la table, ou elle n'y est pas.",
            "An SSH key has neither an end nor an authority; it is in the table, or it is not.");
    private static final Words THE_USER_NAME = new Words(
            "L'expéditeur est le nom d'utilisateur : sous un autre nom, la clé n'ouvre rien.",
            "The sender is the user name: under another's name the key opens nothing.");
    private static final Words WITH_ITS_FLOW = new Words(
            "Le dossier disparaît avec son flux ; le reçu est lu avant, ou par REST.",
            "The folder goes with its flow; the receipt is fetched before, or by REST.");
    private static final Words NAMES_ARE_FREE = new Words(
            "Le nom d'un fichier est libre : le hub en fait un identifiant permis.",
            "A file's name is free: the hub makes an id of it that is allowed.");

    @Override
    public String name() {
        return "sftp";
    }

    @Override
    public boolean isOpenAt(Place place) {
        return place.sftp() != null;
    }

    @Override
    public DealerDriver open(Identity identity, Place place) {
        return new Driver(identity, place);
    }

    @Override
    public Map<String, Words> inexpressible() {
        return Map.ofEntries(
                Map.entry("conflict", NAMED_BY_CONTENT),
                Map.entry("conflict-at-once", NAMED_BY_CONTENT),
                Map.entry("mended-under-the-same-id", NAMED_BY_CONTENT),
                Map.entry("expired", KEYS_DO_NOT_END),
                Map.entry("id-malformed", NAMES_ARE_FREE));
    }

    @Override
    public Map<String, Otherwise> otherwise() {
        return Map.of(
                "another-sender", new Otherwise("shut out · journal: nothing", THE_USER_NAME),
                "retry-after-the-flow-closed",
                        new Otherwise(
                                "accepted, refused not-authorised, another receipt · journal: 1 accepted",
                                WITH_ITS_FLOW));
    }

    /// One session.
    private static final class Driver implements DealerDriver {

        private static final Duration STEP_MAX = Duration.ofSeconds(30);
        private static final int CHUNK = 32_000;
        private static final int FILE_BYTES_MAX = 256 << 20;
        private static final int LISTED_MAX = 20_000;
        private static final int PIECES = 5;
        private static final int PAUSE_MILLIS = 60;
        private static final Pattern CODE = Pattern.compile("efused \\(([a-z-]+)\\)");

        private final Identity identity;
        private final Place place;
        private @Nullable SshClient client;
        private @Nullable SftpClient open;

        Driver(Identity identity, Place place) {
            this.identity = identity;
            this.place = place;
        }

        private SftpClient sftp() throws IOException {
            SftpClient before = open;
            if (before != null && before.isOpen()) {
                return before;
            }
            close();
            System.setProperty(BOUNCY_CASTLE_FOR_ALL, "false");
            SshClient ssh = SshClient.setUpDefaultClient();
            ssh.setNioWorkers(1);
            ssh.setServerKeyVerifier((session, address, key) ->
                    place.sftpHostKey() == null || place.sftpHostKey().equals(KeyUtils.getFingerPrint(key)));
            ssh.setKeyIdentityProvider(
                    identity.sshKey() == null
                            ? KeyIdentityProvider.EMPTY_KEYS_PROVIDER
                            : KeyIdentityProvider.wrapKeyPairs(identity.sshKey()));
            ssh.start();
            client = ssh;
            Address at = Objects.requireNonNull(place.sftp());
            ClientSession session = ssh.connect(identity.party(), at.host(), at.port())
                    .verify(STEP_MAX)
                    .getSession();
            try {
                session.auth().verify(STEP_MAX);
            } catch (SshException e) {
                throw new NoLogin(e);
            }
            SftpClient begun = SftpClientFactory.instance().createSftpClient(session);
            open = begun;
            return begun;
        }

        private static final class NoLogin extends IOException {

            private static final long serialVersionUID = 1;

            NoLogin(SshException cause) {
                super("no key of this user was taken: " + cause.getMessage(), cause);
            }
        }

        private static String folder(String branch, FlowName flow) {
            return "/" + branch + "/" + flow.brand() + "/" + flow.kind() + "/";
        }

        private static String fileName(Offer offer) {
            return (offer.recipient() == null ? "" : offer.recipient() + "@") + offer.id() + ".xml";
        }

        @Override
        public Said submit(Offer offer, Manner manner) {
            if (offer.sender() != null) { // the user name is who it says it is from
                try (var other = new Driver(new Identity(offer.sender(), null, identity.sshKey()), place)) {
                    return other.submit(offer.saidToBeFrom(null), manner);
                }
            }
            String name = fileName(offer);
            try {
                SftpClient sftp = sftp();
                put(sftp, folder("in", offer.flow()) + name, offer.content(), manner);
                return new Said.Accepted(read(sftp, folder("done", offer.flow()) + name + ".receipt"));
            } catch (SftpException e) {
                return refused(offer.flow(), name, e);
            } catch (NoLogin e) {
                return new Said.ShutOut(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                close();
                return new Said.NoAnswer(e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }

        private void put(SftpClient sftp, String path, byte[] content, Manner manner) throws IOException {
            SftpClient.CloseableHandle handle = sftp.open(
                    path, SftpClient.OpenMode.Write, SftpClient.OpenMode.Create, SftpClient.OpenMode.Truncate);
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

        /// Where there is no folder of a flow, the flow is not open to this party: it is not there for it.
        private Said refused(FlowName flow, String name, SftpException e) {
            Matcher code = CODE.matcher(String.valueOf(e.getMessage()));
            if (code.find()) {
                return Problems.said(code.group(1), String.valueOf(e.getMessage()) + reason(flow, name));
            }
            boolean isNoFolder = e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE
                    || e.getStatus() == SftpConstants.SSH_FX_PERMISSION_DENIED;
            return new Said.Refused(isNoFolder ? "not-authorised" : "bad-envelope", String.valueOf(e.getMessage()));
        }

        private String reason(FlowName flow, String name) {
            try {
                byte[] text = read(sftp(), folder("refused", flow) + name + ".refused");
                return " " + new String(text, StandardCharsets.UTF_8);
            } catch (IOException noneWritten) {
                return " (no file in /refused: " + noneWritten.getMessage() + ")";
            }
        }

        private static byte[] read(SftpClient sftp, String path) throws IOException {
            try (InputStream in = sftp.read(path)) {
                byte[] content = in.readNBytes(FILE_BYTES_MAX + 1);
                if (content.length > FILE_BYTES_MAX) {
                    throw new Unintelligible("a file larger than " + FILE_BYTES_MAX + " bytes: " + path);
                }
                return content;
            }
        }

        @Override
        public List<Waiting> pull(FlowName flow) {
            try {
                SftpClient sftp = sftp();
                String folder = folder("out", flow);
                List<Waiting> found = new ArrayList<>();
                for (String name : names(sftp, folder)) {
                    found.add(new Waiting(flow, folder + name, read(sftp, folder + name)));
                }
                return found;
            } catch (NoLogin e) {
                throw new NotLetIn(String.valueOf(e.getMessage()));
            } catch (IOException | UncheckedIOException e) {
                close();
                throw new Unintelligible("the line broke while " + flow + " was read", e);
            }
        }

        private static List<String> names(SftpClient sftp, String folder) throws IOException {
            List<String> names = new ArrayList<>();
            try {
                for (SftpClient.DirEntry entry : sftp.readDir(folder)) {
                    names.add(entry.getFilename());
                    if (names.size() > LISTED_MAX) {
                        throw new Unintelligible("a folder of more than " + LISTED_MAX + " files: " + folder);
                    }
                }
            } catch (SftpException e) {
                if (e.getStatus() != SftpConstants.SSH_FX_NO_SUCH_FILE) {
                    throw e;
                }
            } catch (RuntimeException e) { // the listing's iterator wraps what the server says
                if (!(e.getCause() instanceof SftpException said)
                        || said.getStatus() != SftpConstants.SSH_FX_NO_SUCH_FILE) {
                    throw e;
                }
            }
            names.removeIf(name -> name.startsWith("."));
            names.sort(Comparator.comparingLong(name -> Long.parseLong(name.substring(0, name.indexOf('-')))));
            return names;
        }

        @Override
        public Said acknowledge(Waiting waiting) {
            return step(sftp -> sftp.remove(waiting.handle()));
        }

        @Override
        public Said reject(Waiting waiting, String reason) {
            return step(sftp -> sftp.rename(waiting.handle(), "/refused/" + reason));
        }

        @FunctionalInterface
        private interface Step {
            void run(SftpClient sftp) throws IOException;
        }

        /// What has ended is not there any more, and no harm is done.
        private Said step(Step step) {
            try {
                step.run(sftp());
                return new Said.Done();
            } catch (SftpException e) {
                return e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE
                        ? new Said.Done()
                        : new Said.Refused("bad-request", String.valueOf(e.getMessage()));
            } catch (NoLogin e) {
                return new Said.ShutOut(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                close();
                return new Said.NoAnswer(String.valueOf(e.getMessage()));
            }
        }

        @Override
        public List<String> notices(FlowName flow) {
            return pull(FlowName.of(flow + ".notice")).stream()
                    .map(notice -> new String(notice.content(), StandardCharsets.UTF_8))
                    .toList();
        }

        /// Ends the connection, whatever is on its way.
        @Override
        public void close() {
            SshClient ssh = client;
            client = null;
            open = null;
            if (ssh != null) {
                ssh.stop(); // at once
            }
        }
    }
}
