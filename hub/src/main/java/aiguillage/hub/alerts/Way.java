package aiguillage.hub.alerts;

import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How somebody is told.
public sealed interface Way {

    /// As people choose it.
    enum Kind {
        WEBHOOK,
        MAIL,
        FLOW;

        /// As it is written.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// @throws IllegalArgumentException when it is none of these
        public static Kind of(String word) {
            for (Kind one : values()) {
                if (one.word().equals(word)) {
                    return one;
                }
            }
            throw new IllegalArgumentException("A rule tells by webhook, mail or flow");
        }
    }

    Kind kind();

    /// Where to, for people: without what may be secret in an address.
    String where();

    /// A JSON body is posted.
    ///
    /// @param address `https`, without a user in it
    record Webhook(URI address) implements Way {

        private static final int ADDRESS_CHARS_MAX = 1_000;
        private static final int PORT_MAX = 65_535;

        /// @throws IllegalArgumentException when it cannot be one
        public Webhook {
            Rule.require(
                    "https".equals(address.getScheme())
                            && address.getHost() != null
                            && address.getRawUserInfo() == null
                            && address.getRawFragment() == null
                            && address.toString().length() <= ADDRESS_CHARS_MAX,
                    "An address begins with https://, has a host, and neither a user nor a fragment");
            Rule.require(
                    address.getPort() == -1 || (address.getPort() > 0 && address.getPort() <= PORT_MAX),
                    "A port is from 1 to " + PORT_MAX);
        }

        @Override
        public Kind kind() {
            return Kind.WEBHOOK;
        }

        @Override
        public String where() {
            return address.getHost();
        }
    }

    /// A mail is sent.
    ///
    /// @param to one address, of ASCII alone
    /// @param language of subject and text
    record Mail(String to, Language language) implements Way {

        private static final int ADDRESS_CHARS_MAX = 254; // RFC 5321, 4.5.3.1.3
        private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
        private static final Pattern ADDRESS =
                Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@" + LABEL
                        + "(?:\\." + LABEL + ")*");

        /// @throws IllegalArgumentException when it cannot be an address
        public Mail {
            Rule.require(isAddress(to), "A mail address is one of the form name@example.com");
        }

        /// Whether a text is the address of one mailbox: dot-atom and domain of RFC 5322, 3.4.1, nothing beside.
        static boolean isAddress(String text) {
            return text.length() <= ADDRESS_CHARS_MAX && ADDRESS.matcher(text).matches();
        }

        @Override
        public Kind kind() {
            return Kind.MAIL;
        }

        @Override
        public String where() {
            return to;
        }
    }

    /// A document of the hub itself is submitted, with the JSON body of a webhook.
    ///
    /// @param recipient whom it names, where the flow asks for that; null: nobody
    record Flow(FlowName flow, @Nullable PartyId recipient) implements Way {

        @Override
        public Kind kind() {
            return Kind.FLOW;
        }

        @Override
        public String where() {
            return recipient == null ? flow.toString() : flow + " → " + recipient;
        }
    }
}
