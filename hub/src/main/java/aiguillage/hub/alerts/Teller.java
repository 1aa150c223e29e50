package aiguillage.hub.alerts;

import aiguillage.hub.intake.Intake;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// Tells somebody, each rule by its own way. Safe from any thread; waits.
public final class Teller {

    private final PartyId hub;
    private final WebhookPost webhook;
    private final @Nullable MailRelay relay;
    private final OwnDocuments documents;
    private final @Nullable String console;

    /// @param tls to webhooks and the mail server
    /// @param mayBePrivate whether webhooks may be in private networks
    /// @param mail null: no mail is sent
    /// @param intake takes the hub's own documents
    /// @param console where the console is, for mails; null: there is none
    public Teller(
            PartyId hub,
            SSLSocketFactory tls,
            boolean mayBePrivate,
            @Nullable MailSettings mail,
            Intake intake,
            @Nullable String console) {
        this.hub = hub;
        this.webhook = new WebhookPost(tls, mayBePrivate);
        this.relay = mail == null ? null : new MailRelay(hub.value(), mail, tls, MailRelay.PATIENCE);
        this.documents = new OwnDocuments(hub, intake);
        this.console = console;
    }

    /// Tells it.
    ///
    /// @throws IOException when it was not taken, and why
    void tell(Rule rule, Telling telling) throws IOException {
        switch (rule.way()) {
            case Way.Webhook(var address) -> webhook.post(address, telling.body(hub.value(), rule));
            case Way.Mail mail -> mail(rule, mail, telling);
            case Way.Flow flow ->
                documents.submit(flow, telling.id(rule), telling.at(), telling.body(hub.value(), rule));
        }
    }

    private void mail(Rule rule, Way.Mail mail, Telling telling) throws IOException {
        if (relay == null) {
            throw new IOException(noMail());
        }
        var wording = new Wording(mail.language());
        relay.send(new MailRelay.Letter(
                mail.to(),
                mail.language(),
                wording.subject(hub.value(), rule, telling),
                wording.text(hub.value(), rule, telling, console),
                telling.id(rule),
                telling.at()));
    }

    private static String noMail() {
        return "hub.yaml has no mail: name the mail server there, and start the hub again.";
    }

    /// Why nobody can be told of a rule as things are; empty where nothing is known that prevents it.
    Optional<String> obstacle(Rule rule, Instant now) {
        return switch (rule.way()) {
            case Way.Webhook _ -> Optional.empty();
            case Way.Mail _ -> relay == null ? Optional.of(noMail()) : Optional.empty();
            case Way.Flow flow -> {
                var sample = new Telling(1, Telling.Kind.TEST, null, now);
                yield Optional.ofNullable(documents.refusal(flow, sample.body(hub.value(), rule)));
            }
        };
    }
}
