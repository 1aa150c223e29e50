package aiguillage.hub.alerts;

import aiguillage.config.Secret;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocketFactory;

/// Hands mails to the mail server of `hub.yaml`. Its certificate is checked, and that it is for its name. Safe from
/// any thread; waits.
final class MailRelay {

    /// From the look-up of the server's name to its last answer.
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int WHY_CHARS_MAX = 300;
    private static final int CAUSES_MAX = 10;

    private final String hub;
    private final MailSettings settings;
    private final Duration patience;
    private final Session session;

    /// @param hub as it names itself to the server
    /// @param tls what certificates it believes
    MailRelay(String hub, MailSettings settings, SSLSocketFactory tls, Duration patience) {
        this.hub = hub;
        this.settings = settings;
        this.patience = patience;
        this.session = Session.getInstance(properties(hub, settings, tls, patience));
    }

    private static Properties properties(String hub, MailSettings settings, SSLSocketFactory tls, Duration patience) {
        String millis = String.valueOf(patience.toMillis());
        var all = new Properties();
        all.put("mail.smtp.host", settings.host());
        all.put("mail.smtp.port", String.valueOf(settings.port()));
        all.put("mail.smtp.localhost", hub);
        all.put("mail.smtp.from", settings.from());
        all.put("mail.smtp.connectiontimeout", millis);
        all.put("mail.smtp.timeout", millis);
        all.put("mail.smtp.quitwait", "false");
        all.put("mail.smtp.auth", String.valueOf(settings.user() != null));
        all.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
        all.put("mail.smtp.ssl.socketFactory", tls);
        all.put("mail.smtp.ssl.checkserveridentity", "true");
        all.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
        switch (settings.security()) {
            case TLS -> all.put("mail.smtp.ssl.enable", "true");
            case STARTTLS -> {
                all.put("mail.smtp.starttls.enable", "true");
                all.put("mail.smtp.starttls.required", "true");
            }
            case NONE -> all.put("mail.smtp.starttls.enable", "false");
        }
        return all;
    }

    /// A mail.
    ///
    /// @param id names it; the same for a mail that is sent again
    record Letter(String to, Language language, String subject, String text, String id, Instant at) {}

    /// Hands one over.
    ///
    /// @throws IOException when it was not taken, and why
    void send(Letter letter) throws IOException {
        // Before the rest, which looks it up too: Java knows the answer for a while.
        var _ = new HostLookUp(settings.host()).within(patience);
        var sending = new FutureTask<Void>(() -> {
            handOver(letter);
            return null;
        });
        // A socket that waits on a virtual thread is closed when that is interrupted.
        Thread line = Thread.ofVirtual().name("alert-mail").start(sending);
        try {
            sending.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(settings.host() + " did not take the mail within " + patience, e);
        } catch (ExecutionException e) {
            throw new IOException(settings.host() + " did not take the mail: " + why(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the sending of a mail was interrupted", e);
        } finally {
            line.interrupt();
        }
    }

    /// What the first cause says that says anything: it may be the server's words, which may be anything.
    private static String why(Throwable failed) {
        String said = failed.toString();
        Throwable cause = failed.getCause();
        for (int depth = 0; depth < CAUSES_MAX && cause != null; depth++) {
            said = cause.getMessage() == null ? said : cause.getMessage();
            cause = cause.getCause();
        }
        String line = Wording.oneLine(said);
        return line.length() <= WHY_CHARS_MAX ? line : line.substring(0, WHY_CHARS_MAX);
    }

    private void handOver(Letter letter) throws MessagingException {
        var mail = new Named(session, "<" + letter.id() + "@" + hub + ">");
        mail.setFrom(new InternetAddress(settings.from(), true));
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress(letter.to(), true));
        mail.setSubject(letter.subject(), StandardCharsets.UTF_8.name());
        mail.setText(letter.text(), StandardCharsets.UTF_8.name());
        mail.setSentDate(Date.from(letter.at()));
        mail.setHeader("Content-Language", letter.language().word());
        mail.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: nobody answers by itself
        mail.saveChanges();
        try (Transport transport = session.getTransport("smtp")) {
            Secret password = settings.password();
            if (password == null) {
                transport.connect();
            } else {
                transport.connect(settings.host(), settings.port(), settings.user(), password.reveal());
            }
            transport.sendMessage(mail, mail.getAllRecipients());
        }
    }

    /// A mail with a name of its own.
    private static final class Named extends MimeMessage {

        private final String id;

        Named(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
