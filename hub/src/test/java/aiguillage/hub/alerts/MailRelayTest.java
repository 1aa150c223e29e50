package aiguillage.hub.alerts;

import static aiguillage.hub.alerts.MailSettings.Security.NONE;
import static aiguillage.hub.alerts.MailSettings.Security.STARTTLS;
import static aiguillage.hub.alerts.MailSettings.Security.TLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.config.Secret;
import aiguillage.hub.testing.Parties;
import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.CertificateUse;
import aiguillage.protocol.Brand;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailRelayTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(15);

    private SSLContext server;
    private SSLContext elsewhere;
    private SSLSocketFactory tls;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Path ca = folder.resolve("ca");
        CertificateAuthority.init(ca, "Test", null, Instant.now());
        var parties = new Parties(ca, InstantSource.system());
        server = named(parties, "localhost");
        elsewhere = named(parties, "elsewhere.example");
        tls = parties.context(parties.credential("hub.example")).getSocketFactory();
    }

    private static SSLContext named(Parties parties, String name) throws IOException {
        return parties.context(parties.credential(
                "smtp", new CertificateUse.Server(List.of(name), List.of()), Instant.now(), Duration.ofDays(1)));
    }

    private static Rule rule(String name, Language language) {
        return new Rule(
                "0123456789abcdef",
                name,
                What.WAITING,
                60,
                new Brand("opel"),
                new Way.Mail("garde@example.com", language),
                null);
    }

    private static MailRelay.Letter letter(Rule rule) {
        var wording = new Wording(((Way.Mail) rule.way()).language());
        var news = new News(What.WAITING, 0, List.of("opel/claim → dealer-7", "opel/claim → dealer-8"), 3);
        var telling = new Telling(7, Telling.Kind.MET, news, NOON);
        return new MailRelay.Letter(
                "garde@example.com",
                wording.language(),
                wording.subject("hub.example", rule, telling),
                wording.text("hub.example", rule, telling, "https://console.example"),
                telling.id(rule),
                NOON);
    }

    private MailRelay relay(MailSettings settings) {
        return new MailRelay("hub.example", settings, tls, SOON);
    }

    @Test
    void aMailSaysWhatWasFoundInItsRulesLanguage() throws Exception {
        try (var mails = new MailServer(server, TLS, false)) {
            relay(mails.settings()).send(letter(rule("déclarations en retard", Language.FR)));
            MimeMessage mail = mails.next();
            assertThat(mail.getSubject()).isEqualTo("[hub.example] Alerte : déclarations en retard");
            assertThat(mail.getFrom()).extracting(Object::toString).containsExactly("hub@hub.example");
            assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("garde@example.com");
            assertThat(mail.getMessageID()).isEqualTo("<alert.0123456789abcdef.7@hub.example>");
            assertThat(mail.getSentDate()).isEqualTo(NOON);
            assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat((String) mail.getContent())
                    .contains(
                            "La condition est remplie.",
                            "Règle : déclarations en retard",
                            "Condition : une remise attend depuis plus de 60 minutes",
                            "Marque : opel",
                            "Constat : Attente trop longue : opel/claim → dealer-7, opel/claim → dealer-8 et 3 de"
                                    + " plus.",
                            "Le : 2026-03-02T12:00:00Z",
                            "https://console.example/alerts");
            relay(mails.settings()).send(letter(rule("late claims", Language.EN)));
            MimeMessage english = mails.next();
            assertThat(english.getSubject()).isEqualTo("[hub.example] Alert: late claims");
            assertThat((String) english.getContent()).contains("Found: Waiting too long: ", " and 3 more.");
        }
    }

    @Test
    void aPasswordIsSentBehindStartTlsAlone() throws Exception {
        try (var mails = new MailServer(server, STARTTLS, true);
                var plain = new MailServer(server, NONE, false)) {
            relay(mails.settings()).send(letter(rule("late", Language.EN)));
            assertThat(mails.next().getSubject()).endsWith("late");
            assertThatThrownBy(() -> relay(mails.settings("localhost", STARTTLS, "another"))
                            .send(letter(rule("late", Language.EN))))
                    .isInstanceOf(IOException.class)
                    .hasMessageNotContaining("another");
            assertThatThrownBy(() ->
                            relay(plain.settings("localhost", STARTTLS, "")).send(letter(rule("late", Language.EN))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("STARTTLS");
            assertThat(plain.isIdle()).isTrue();
            assertThat(mails.isIdle()).isTrue();
        }
    }

    @Test
    void aServerOnThisMachineNeedsNoTls() throws Exception {
        try (var mails = new MailServer(server, NONE, false)) {
            relay(mails.settings()).send(letter(rule("late", Language.EN)));
            assertThat(mails.next().getSubject()).endsWith("late");
        }
    }

    @Test
    void aServerOfAnotherNameOrAuthorityGetsNothing() throws Exception {
        var anybody = (SSLSocketFactory) SSLSocketFactory.getDefault();
        for (MailSettings.Security security : List.of(TLS, STARTTLS)) {
            try (var known = new MailServer(server, security, false);
                    var other = new MailServer(elsewhere, security, false)) {
                assertThatThrownBy(() -> relay(other.settings()).send(letter(rule("late", Language.EN))))
                        .isInstanceOf(IOException.class);
                var believing = new MailRelay("hub.example", known.settings(), anybody, SOON);
                assertThatThrownBy(() -> believing.send(letter(rule("late", Language.EN))))
                        .isInstanceOf(IOException.class);
                assertThat(other.isIdle()).isTrue();
                assertThat(known.isIdle()).isTrue();
            }
        }
    }

    @Test
    void noNameAddsALineToAMail() throws Exception {
        try (var mails = new MailServer(server, NONE, false)) {
            relay(mails.settings())
                    .send(letter(rule("x\r\nBcc: eve@evil.example\r\n\r\nread \u2028this\u202e", Language.EN)));
            MimeMessage mail = mails.next();
            assertThat(mail.getHeader("Bcc")).isNull();
            assertThat(mail.getAllRecipients()).hasSize(1);
            assertThat(mail.getSubject()).contains("x  Bcc: eve@evil.example    read  this");
            assertThat((String) mail.getContent()).contains("Rule: x  Bcc: eve@evil.example    read  this\r\n");
        }
    }

    @Test
    void aServerThatSaysNothingIsLeft() throws Exception {
        try (var dumb = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var settings = new MailSettings("127.0.0.1", dumb.getLocalPort(), NONE, "hub@hub.example", null, null);
            var relay = new MailRelay("hub.example", settings, tls, Duration.ofMillis(300));
            assertThatThrownBy(() -> relay.send(letter(rule("late", Language.EN))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1 did not take the mail");
        }
    }

    @Test
    void onlyOneMailboxIsAnAddress() {
        for (String wrong : new String[] {
            "ada",
            "ada@",
            "@example.com",
            "a b@example.com",
            "ada@example.com, eve@evil.example",
            "ada@example..com",
            "Ada <ada@example.com>",
            "ada@example.com\r\nBcc: eve@evil.example",
            "\"a\"@example.com",
            "é@example.com",
            ".ada@example.com",
            "ada@-example.com",
            "a".repeat(250) + "@example.com"
        }) {
            assertThat(Way.Mail.isAddress(wrong)).as(wrong).isFalse();
        }
        assertThat(Way.Mail.isAddress("garde.nuit+opel@example.com")).isTrue();
    }

    @Test
    void aServerElsewhereIsReachedOverTlsAlone() {
        assertThatThrownBy(() -> new MailSettings("smtp.example", 25, NONE, "hub@hub.example", null, null))
                .hasMessageContaining("tls or starttls");
        assertThatThrownBy(() -> new MailSettings("smtp.example", 465, TLS, "hub@hub.example", "hub", null))
                .hasMessageContaining("stand together");
        var settings = new MailSettings("smtp.example", 465, TLS, "hub@hub.example", "hub", new Secret("sesame"));
        assertThat(settings.toString()).doesNotContain("sesame");
    }
}
