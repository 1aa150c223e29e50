package aiguillage.gateway.identity;

import aiguillage.gateway.pace.Pause;
import aiguillage.gateway.status.Trouble.Kind;
import aiguillage.gateway.status.Troubles;
import aiguillage.pki.CertificateRequest;
import aiguillage.pki.Credential;
import aiguillage.pki.EcKeys;
import aiguillage.pki.PartyCertificate;
import aiguillage.pki.est.EstAnswer;
import aiguillage.pki.est.EstClient;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Renews the certificate at two thirds of its lifetime, with a new key; daily while it fails, hourly as the end
/// comes near.
public final class Renewal implements Runnable {

    static final Duration RETRY_LONGEST = Duration.ofDays(1);
    static final Duration RETRY_SHORTEST = Duration.ofHours(1);

    /// Of the time that is left, one retry takes so much: with 10 days left one a day, with 10 hours left one an
    /// hour.
    private static final int RETRIES_IN_WHAT_IS_LEFT = 10;

    /// Short-lived certificates are looked at more often than [#RETRY_SHORTEST].
    private static final Duration LOOK_SHORTEST = Duration.ofSeconds(1);

    private final Identity identity;
    private final EstClient est;
    private final String address;
    private final Runnable renewed;
    private final Pause pause;
    private final InstantSource clock;
    private final Troubles troubles;

    /// Looks after one identity; [#run] for as long as the gateway runs.
    ///
    /// @param address of the enrolment, for people
    /// @param renewed told when a new credential is in use
    public Renewal(
            Identity identity,
            EstClient est,
            String address,
            Runnable renewed,
            Pause pause,
            InstantSource clock,
            Troubles troubles) {
        this.identity = identity;
        this.est = est;
        this.address = address;
        this.renewed = renewed;
        this.pause = pause;
        this.clock = clock;
        this.troubles = troubles;
    }

    @Override
    public void run() {
        try {
            while (true) {
                pause.pause(look());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Renews if it is time.
    ///
    /// @return when to look again
    Duration look() throws InterruptedException {
        Instant now = clock.instant();
        PartyCertificate present = identity.certificate();
        if (now.isAfter(present.notAfter())) {
            troubles.report(Kind.CERTIFICATE_EXPIRED, present.party().value(), "valid until " + present.notAfter());
        }
        if (now.isBefore(present.renewAt())) {
            return bounded(Duration.between(now, present.renewAt()), LOOK_SHORTEST);
        }
        try {
            renew();
            identity.forgetEnded();
            troubles.ended(Kind.CERTIFICATE_NOT_RENEWED, address);
            troubles.ended(Kind.CERTIFICATE_EXPIRED, present.party().value());
            return LOOK_SHORTEST;
        } catch (IOException e) {
            troubles.report(Kind.CERTIFICATE_NOT_RENEWED, address, e);
            return retry(now, present);
        }
    }

    private void renew() throws IOException, InterruptedException {
        KeyPair pair = EcKeys.generate();
        Credential present = identity.credential();
        var request = CertificateRequest.create(pair, present.party().party());
        switch (est.renew(identity.anchors(), present, request)) {
            case EstAnswer.Issued(var chain) -> {
                identity.renewed(new Credential(pair.getPrivate(), chain));
                renewed.run();
            }
            case EstAnswer.Later(var status, var after) ->
                throw new IOException("the hub answered " + status + ": come back in " + after.toSeconds() + " s");
            case EstAnswer.Refused(var status, var detail) ->
                throw new IOException("the hub refused the renewal (" + status + "): " + Said.by(detail));
        }
    }

    /// A tenth of what is left, between an hour and a day; of a certificate that lives less than a day, just a
    /// tenth.
    private static Duration retry(Instant now, PartyCertificate present) {
        Duration left = Duration.between(now, present.notAfter());
        Duration lifetime = Duration.between(present.notBefore(), present.notAfter());
        boolean shortLived = lifetime.compareTo(RETRY_LONGEST) < 0;
        return bounded(left.dividedBy(RETRIES_IN_WHAT_IS_LEFT), shortLived ? LOOK_SHORTEST : RETRY_SHORTEST);
    }

    private static Duration bounded(Duration wanted, Duration shortest) {
        Duration atLeast = wanted.compareTo(shortest) < 0 ? shortest : wanted;
        return atLeast.compareTo(RETRY_LONGEST) > 0 ? RETRY_LONGEST : atLeast;
    }
}
