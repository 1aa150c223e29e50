package aiguillage.bench.load;

import java.io.IOException;
import java.time.Duration;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;

/// A session of SSHD's own client: a file is opened, written and closed.
final class SftpLine implements FileLine {

    private static final Duration LOGIN = Duration.ofSeconds(30);

    private final ClientSession session;
    private final SftpClient sftp;

    SftpLine(SshClient client, String user, int port) throws IOException {
        session = client.connect(user, "127.0.0.1", port).verify(LOGIN).getSession();
        session.auth().verify(LOGIN);
        sftp = SftpClientFactory.instance().createSftpClient(session);
    }

    @Override
    public void put(String path, byte[] content) throws IOException {
        try (SftpClient.CloseableHandle file =
                sftp.open(path, SftpClient.OpenMode.Write, SftpClient.OpenMode.Create, SftpClient.OpenMode.Truncate)) {
            sftp.write(file, 0, content);
        }
    }

    @Override
    public void close() throws IOException {
        session.close();
    }
}
