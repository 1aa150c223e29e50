package aiguillage.hub.alerts;

import aiguillage.config.Secret;
import aiguillage.config.Setting;
import org.jspecify.annotations.Nullable;

/// The mail server that takes the hub's mails.
public record MailSettings(
        @Setting(text = "Its name. Over TLS its certificate must be for it.", example = "smtp.example")
        String host,

        @Setting(
                text = "Its port: usually 465 for `tls`, 587 for `starttls`.",
                fallback = "465",
                min = "1",
                max = "65535")
        int port,

        @Setting(
                text = "`tls` from the first byte, or `starttls`, without which nothing is sent; `none` only where the"
                        + " server is on this machine.",
                fallback = "tls")
        Security security,

        @Setting(
                text = "The address that mails are from, and whom those that cannot be delivered go to.",
                example = "hub@example.com")
        String from,

        @Setting(text = "Who the hub is to the server. Without it the hub does not sign in.", example = "hub") @Nullable
        String user,

        @Setting(text = "That user's password, or `file:` and the file that holds it.", example = "file:mail.password")
        @Nullable
        Secret password) {

    private static final int HOST_CHARS_MAX = 253;

    /// How the line to the server is protected.
    public enum Security {
        TLS,
        STARTTLS,
        NONE
    }

    /// @throws IllegalArgumentException when it cannot be used so
    public MailSettings {
        Rule.require(
                host.matches("[A-Za-z0-9.:-]{1," + HOST_CHARS_MAX + "}"),
                "a mail server's host is a name or an address, as in smtp.example");
        Rule.require(Way.Mail.isAddress(from), "mails are from an address of the form hub@example.com");
        Rule.require((user == null) == (password == null), "user and password stand together, or neither does");
        Rule.require(
                security != Security.NONE || isThisMachine(host),
                "security: none sends alerts and the password for everybody to read: it is for localhost, 127.0.0.1 or"
                        + " ::1 alone. Write tls or starttls");
    }

    /// By its name, so that no name server is asked.
    private static boolean isThisMachine(String host) {
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("::1");
    }
}
