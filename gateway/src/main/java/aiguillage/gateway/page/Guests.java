package aiguillage.gateway.page;

import aiguillage.pki.DurableFile;
import aiguillage.protocol.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who may look: one-time links, and the sessions that were made of them. Each is a file
/// that holds when it ends, named by the digest of its secret: another process makes a link by writing one, and
/// ends everything by removing them. Safe from any thread and from several processes.
public final class Guests {

    /// How long a link waits to be used.
    public static final Duration LINK_LASTS = Duration.ofHours(1);

    /// How long a session lasts.
    public static final Duration SESSION_LASTS = Duration.ofDays(30);

    /// Links and sessions together.
    public static final int MAX = 100;

    /// What comes between a page's address and a link's secret.
    public static final String ENTER = "/enter?link=";

    private static final Logger log = LoggerFactory.getLogger(Guests.class);

    private static final int SECRET_BYTES = 32;
    private static final int SECRET_CHARS = 43;
    private static final int FILE_BYTES_MAX = 64;
    private static final String FIRST = "first-link";
    private static final String LINK = "link-";
    private static final String SESSION = "session-";

    private final Path folder;
    private final InstantSource clock;
    private final SecureRandom random;

    /// @param data the gateway's data folder
    public Guests(Path data, InstantSource clock, SecureRandom random) {
        this.folder = data.resolve("page");
        this.clock = clock;
        this.random = random;
    }

    /// Makes a link's secret, good once.
    ///
    /// @throws IOException when it cannot be kept, or there are [#MAX] already
    public String invite() throws IOException {
        return keep(LINK, LINK_LASTS, MAX);
    }

    /// The first link, for who comes to a gateway that nobody looks after yet: also kept in [#firstLinkFile],
    /// mode 0600, until somebody comes in; [#renewFirstLink] keeps that one good. Each call makes a new one, and
    /// ends the one before.
    ///
    /// @param page where the page is, as browsers write it
    /// @return empty while somebody has a session
    public Optional<String> firstLink(String page) throws IOException {
        Files.createDirectories(folder);
        if (hasSession()) {
            endFirstLink();
            return Optional.empty();
        }
        String before = readFirstLink();
        String link = page + ENTER + keep(LINK, LINK_LASTS, MAX + 1); // the one before goes
        DurableFile.writeSecret(firstLinkFile(), (link + "\n").getBytes(StandardCharsets.US_ASCII));
        if (before != null) {
            Files.deleteIfExists(file(LINK, before)); // last, so that there is a file to renew whatever goes wrong
        }
        return Optional.of(link);
    }

    /// Makes the first link anew once it is no longer good, while its file is there and nobody has a session.
    ///
    /// @param page where the page is, as browsers write it
    public void renewFirstLink(String page) throws IOException {
        String link = readFirstLink();
        boolean isGood = link != null && isGood(LINK, link);
        if (!isGood && Files.exists(firstLinkFile())) { // else somebody came in, or ended every link
            var _ = firstLink(page);
        }
    }

    public Path firstLinkFile() {
        return folder.resolve(FIRST);
    }

    private void endFirstLink() throws IOException {
        String link = readFirstLink();
        if (link != null) {
            Files.deleteIfExists(file(LINK, link));
        }
        Files.deleteIfExists(firstLinkFile());
    }

    /// The secret of the first link, or null when there is none: another browser, or another process, may have
    /// ended it at this moment.
    private @Nullable String readFirstLink() throws IOException {
        try {
            String link = Files.readString(firstLinkFile(), StandardCharsets.ISO_8859_1)
                    .strip();
            return link.substring(link.indexOf('=') + 1);
        } catch (NoSuchFileException | AccessDeniedException gone) {
            return null;
        }
    }

    private boolean hasSession() throws IOException {
        try (var sessions = Files.newDirectoryStream(folder, SESSION + "*")) {
            for (Path session : sessions) {
                if (!hasEnded(session)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// A session for a link's secret, which is used up by that.
    ///
    /// @return the session's secret, or null when the link is no longer good
    @Nullable
    String enter(String link) throws IOException {
        if (!isGood(LINK, link)) {
            return null;
        }
        // First the session: what goes wrong with it leaves the link good. Its link goes, so it may be one more.
        String session = keep(SESSION, SESSION_LASTS, MAX + 1);
        if (!Files.deleteIfExists(file(LINK, link))) {
            leave(session); // another browser was faster
            return null;
        }
        try {
            endFirstLink();
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("file", firstLinkFile())
                    .setCause(e)
                    .log("The first link to the page could not be removed, though somebody came in. Remove this"
                            + " file; `aiguillage gateway page-link --end-all` ends every link.");
        }
        return session;
    }

    boolean isKnown(String session) throws IOException {
        return isGood(SESSION, session);
    }

    void leave(String session) throws IOException {
        if (session.length() == SECRET_CHARS) {
            Files.deleteIfExists(file(SESSION, session));
        }
    }

    /// Ends all links and sessions.
    ///
    /// @return how many there were
    public int endAll() throws IOException {
        Files.deleteIfExists(firstLinkFile());
        int ended = 0;
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder, "{" + LINK + "," + SESSION + "}*")) {
                for (Path file : files) {
                    ended += Files.deleteIfExists(file) ? 1 : 0;
                }
            }
        }
        return ended;
    }

    private String keep(String kind, Duration lasts, int most) throws IOException {
        Files.createDirectories(folder);
        if (swept() >= most) {
            throw new IOException("There are " + MAX + " links and sessions already. End them all with"
                    + " `aiguillage gateway page-link --end-all`, or wait until some end.");
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        String end = clock.instant().plus(lasts).toString();
        DurableFile.writeSecret(file(kind, text), end.getBytes(StandardCharsets.US_ASCII));
        return text;
    }

    /// Removes what has ended.
    ///
    /// @return how many are left
    private int swept() throws IOException {
        int left = 0;
        try (var files = Files.newDirectoryStream(folder, "{" + LINK + "," + SESSION + "}*")) {
            for (Path file : files) {
                if (hasEnded(file)) {
                    Files.deleteIfExists(file);
                } else {
                    left++;
                }
            }
        }
        return left;
    }

    private boolean isGood(String kind, String secret) throws IOException {
        return secret.length() == SECRET_CHARS && !hasEnded(file(kind, secret));
    }

    /// A file that this process may not read is of another user, and good for nothing here.
    private boolean hasEnded(Path file) throws IOException {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                return true;
            }
            return !Instant.parse(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .isAfter(clock.instant());
        } catch (NoSuchFileException | AccessDeniedException | DateTimeException gone) {
            return true;
        }
    }

    /// The secret itself is never part of a path.
    private Path file(String kind, String secret) {
        Digest digest = Digest.of(secret.getBytes(StandardCharsets.UTF_8));
        return folder.resolve(kind + HexFormat.of().formatHex(digest.bytes()));
    }
}
