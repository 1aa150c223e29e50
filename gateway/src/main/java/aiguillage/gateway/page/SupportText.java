package aiguillage.gateway.page;

import aiguillage.gateway.status.GatewayStatus;
import aiguillage.gateway.status.StatusText;
import java.time.Instant;
import java.util.List;

/// What a dealer sends to whoever helps: how the gateway is, in words, with what the machine said. A status
/// holds no secret, and neither does this.
///
/// @param version of the gateway
record SupportText(String version) {

    static final int CHARS_MAX = 8_000;

    private static final int FAILURES_MAX = 5;
    private static final int LINE_CHARS_MAX = 500;

    String of(GatewayStatus status, List<Failure> failures, PageWords words, Instant now) {
        var text = new StringBuilder();
        line(text, "Aiguillage gateway " + version + " · " + status.party() + " · " + now);
        line(
                text,
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch") + " · Java " + Runtime.version());
        new StatusText(words.locale()).of(status, now).lines().forEach(said -> line(text, said));
        failures.stream()
                .limit(FAILURES_MAX)
                .forEach(one -> line(
                        text, words.of("support.failure", one.flow(), one.id(), one.time(), one.what(), one.why())));
        return text.length() <= CHARS_MAX ? text.toString() : text.substring(0, CHARS_MAX - 1) + "…";
    }

    private static void line(StringBuilder text, String said) {
        text.append(said.length() <= LINE_CHARS_MAX ? said : said.substring(0, LINE_CHARS_MAX - 1) + "…");
        text.append('\n');
    }
}
