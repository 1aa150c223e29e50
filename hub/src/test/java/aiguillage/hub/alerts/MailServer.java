package aiguillage.hub.alerts;

import aiguillage.config.Secret;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/// A mail server of somebody else's, on loopback.
final class MailServer implements AutoCloseable {

    private static final String PASSWORD = "sésame ouvre-toi";

    private final SMTPServer server;
    private final MailSettings.Security security;
    private final boolean asksWho;
    private final BlockingQueue<MimeMessage> mails = new LinkedBlockingQueue<>();

    MailServer(SSLContext tls, MailSettings.Security security, boolean asksWho) {
        this.security = security;
        this.asksWho = asksWho;
        SMTPServer.Builder builder = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .connectionTimeout(10, TimeUnit.SECONDS)
                .requireAuth(asksWho)
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, password, _) -> {
                    if (!user.equals("hub") || !password.equals(PASSWORD)) {
                        throw new LoginFailedException();
                    }
                }))
                .messageHandler((_, from, to, bytes) -> mails.add(mail(bytes)));
        server = switch (security) {
            case TLS ->
                builder.serverSocketFactory(() -> tls.getServerSocketFactory().createServerSocket())
                        .build();
            case STARTTLS ->
                builder.enableTLS().requireTLS().startTlsSocketFactory(tls).build();
            case NONE -> builder.build();
        };
        server.start();
    }

    private static MimeMessage mail(byte[] bytes) {
        try {
            return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /// As `hub.yaml` would name it.
    MailSettings settings() {
        return settings("localhost", security, PASSWORD);
    }

    MailSettings settings(String host, MailSettings.Security asked, String password) {
        return new MailSettings(
                host,
                server.getPortAllocated(),
                asked,
                "hub@hub.example",
                asksWho ? "hub" : null,
                asksWho ? new Secret(password) : null);
    }

    /// The next mail, or null when none comes.
    MimeMessage next() throws InterruptedException {
        return mails.poll(20, TimeUnit.SECONDS);
    }

    boolean isIdle() {
        return mails.isEmpty();
    }

    @Override
    public void close() {
        server.stop();
    }
}
