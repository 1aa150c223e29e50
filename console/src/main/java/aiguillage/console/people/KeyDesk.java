package aiguillage.console.people;

import aiguillage.console.key.Ceremony;
import aiguillage.console.key.KeyAsk;
import aiguillage.console.key.KeyRefused;
import aiguillage.console.key.NewKey;
import aiguillage.console.key.SecurityKeys;
import aiguillage.console.web.Visit;
import aiguillage.hub.door.call.SourceLimit;
import aiguillage.hub.login.Source;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.yard.OperatorKeyRow;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where browsers bring what keys answered: not more often than people do, and what is refused is told in the
/// person's words. Safe from any thread.
final class KeyDesk {

    /// From one address at once, while nobody is signed in; of one operator who is. Then one more each [#EACH].
    static final int TRIES_EACH = 60;

    static final Duration EACH = Duration.ofSeconds(2);

    /// From all addresses at once, while nobody is signed in; then one more each second.
    static final int TRIES_ALL = 600;

    private static final Logger LOG = LoggerFactory.getLogger(KeyDesk.class);
    private static final String ALL = "all";

    private final SecurityKeys keys;
    private final SourceLimit each = new SourceLimit(TRIES_EACH, EACH, System::nanoTime);
    private final SourceLimit own = new SourceLimit("One operator", TRIES_EACH, EACH, System::nanoTime);
    private final SourceLimit all =
            new SourceLimit("All addresses together", TRIES_ALL, Duration.ofSeconds(1), System::nanoTime);

    KeyDesk(SecurityKeys keys) {
        this.keys = keys;
    }

    KeyAsk askFor(Ceremony ceremony, String purpose, @Nullable String operator) {
        return keys.askFor(ceremony, purpose, operator);
    }

    KeyAsk askForNew(Ceremony ceremony, String purpose, String operator) {
        return keys.askForNew(ceremony, purpose, operator);
    }

    /// Takes one try of whoever visits. What strangers try is nothing to who is signed in.
    ///
    /// @throws Refused when there were too many
    void take(Visit visit) {
        if (visit.session() != null) {
            own.take(visit.operator().name());
            return;
        }
        InetAddress address = visit.address();
        each.take(address == null ? "unknown" : Source.of(address).text());
        all.take(ALL);
    }

    /// The key that answered, in the field `assertion`.
    ///
    /// @throws Refused when none did, or there were too many tries
    OperatorKeyRow answered(Visit visit, Ceremony ceremony, String purpose) {
        try {
            return prove(visit, ceremony, purpose);
        } catch (KeyRefused e) {
            throw refused(e, visit);
        }
    }

    /// As [#answered]; the fault is the caller's to tell.
    OperatorKeyRow prove(Visit visit, Ceremony ceremony, String purpose) throws KeyRefused {
        take(visit);
        return keys.answered(visit.form().getOrDefault("assertion", ""), ceremony, purpose);
    }

    /// The key that was made, in the field `credential`.
    ///
    /// @throws Refused when none was, or there were too many tries
    NewKey made(Visit visit, Ceremony ceremony, String purpose) {
        take(visit);
        try {
            return keys.made(visit.form().getOrDefault("credential", ""), ceremony, purpose);
        } catch (KeyRefused e) {
            throw refused(e, visit);
        }
    }

    /// What a refused answer is told as, and noted in the log: a fault here may be somebody at the door.
    Refused refused(KeyRefused e, Visit visit) {
        String fault = e.fault().name().toLowerCase(Locale.ROOT);
        LOG.atWarn()
                .addKeyValue("page", visit.shownPath())
                .addKeyValue("address", visit.address())
                .addKeyValue("fault", fault)
                .addKeyValue("detail", e.getMessage())
                .log("What a security key answered was refused.");
        return visit.words().refused(Problem.NOT_AUTHORISED, "people.key." + fault);
    }
}
