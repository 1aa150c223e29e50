package aiguillage.hub;

import aiguillage.config.Address;
import aiguillage.hub.door.Doors;
import aiguillage.hub.files.FileTrees;
import aiguillage.hub.ftps.FtpsDoor;
import aiguillage.hub.login.Logins;
import aiguillage.hub.presence.Presence;
import aiguillage.hub.quota.Quotas;
import aiguillage.hub.sftp.SftpDoor;
import aiguillage.hub.trust.Trust;
import aiguillage.pki.tls.MutualTls;
import aiguillage.pki.tls.PartyKeyManager;
import aiguillage.pki.tls.PartyTrustManager;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The doors of files, SFTP and FTPS: each open where the configuration gives it an address, both over the same
/// trees.
final class FileDoors implements AutoCloseable {

    private static final int FTPS_RESUMED_SECONDS = 86_400;

    private final @Nullable SftpDoor sftp;
    private final @Nullable FtpsDoor ftps;

    /// What the doors need.
    ///
    /// @param doors give the trees, and hear of damage
    /// @param keys the hub's certificate, for FTPS
    /// @param roots who may come to FTPS with a certificate
    /// @param waiting runs what may wait
    record Parts(
            HubConfig.Listeners listen,
            DataFolder data,
            Doors doors,
            Trust trust,
            Logins logins,
            Quotas quotas,
            Presence presence,
            PartyKeyManager keys,
            PartyTrustManager roots,
            SecureRandom random,
            ExecutorService waiting) {}

    /// Opens the doors.
    ///
    /// @param opened gets each door that is open: to be closed should a later part of the hub not start
    /// @throws IOException when a port, key or folder cannot be used
    FileDoors(Parts parts, ClockTasks clock, Deque<AutoCloseable> opened) throws IOException {
        HubConfig.Listeners listen = parts.listen;
        if (listen.sftp() == null && listen.ftps() == null) {
            sftp = null;
            ftps = null;
            return;
        }
        FileTrees trees = parts.doors.fileTrees(parts.data.incoming(), parts.data.results());
        clock.every(1, TimeUnit.HOURS, "remove old parts and results of files", trees::sweep);
        sftp = sftp(parts, trees, clock, opened);
        ftps = ftps(parts, trees, clock, opened);
    }

    private static @Nullable SftpDoor sftp(Parts parts, FileTrees trees, ClockTasks clock, Deque<AutoCloseable> opened)
            throws IOException {
        Address own = parts.listen.sftp();
        if (own == null) {
            return null;
        }
        var door = new SftpDoor(new SftpDoor.Parts(
                own.socketAddress(),
                parts.data.sftpKey(),
                trees,
                parts.logins,
                parts.quotas,
                parts.presence,
                parts.waiting,
                parts.doors::stopIfDamaged));
        opened.push(door);
        door.start();
        clock.every(250, TimeUnit.MILLISECONDS, "close SFTP connections", door::sweep);
        return door;
    }

    private static @Nullable FtpsDoor ftps(Parts parts, FileTrees trees, ClockTasks clock, Deque<AutoCloseable> opened)
            throws IOException {
        HubConfig.Listeners listen = parts.listen;
        Address own = listen.ftps();
        if (own == null) {
            return null;
        }
        var door = new FtpsDoor(new FtpsDoor.Parts(
                own.socketAddress(),
                listen.ftpsData(),
                FtpsDoor.announced(listen.ftpsAddress()),
                () -> tls(parts.keys, parts.roots),
                trees,
                parts.trust,
                parts.logins,
                parts.quotas,
                parts.presence,
                parts.random,
                parts.waiting,
                parts.doors::stopIfDamaged));
        opened.push(door);
        door.start();
        clock.every(250, TimeUnit.MILLISECONDS, "close FTPS connections", door::sweep);
        return door;
    }

    /// For one connection: its sessions are resumed by its own data connections, for as long as it stands.
    private static SSLContext tls(PartyKeyManager keys, PartyTrustManager trusted) {
        SSLContext context = MutualTls.context(keys, trusted);
        context.getServerSessionContext().setSessionTimeout(FTPS_RESUMED_SECONDS);
        return context;
    }

    /// The port of the SFTP door; 0 when it is closed.
    int sftpPort() {
        return sftp == null ? 0 : sftp.port();
    }

    /// The port of the FTPS door; 0 when it is closed.
    int ftpsPort() {
        return ftps == null ? 0 : ftps.port();
    }

    @Override
    public void close() {
        if (sftp != null) {
            sftp.close();
        }
        if (ftps != null) {
            ftps.close();
        }
    }
}
