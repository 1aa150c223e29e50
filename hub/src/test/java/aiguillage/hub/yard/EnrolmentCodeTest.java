package aiguillage.hub.yard;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.testing.Documents;
import aiguillage.protocol.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What an enrolment code gives, and to which key.
class EnrolmentCodeTest {

    private static final Instant TIME = Instant.parse("2026-03-01T09:30:00Z");
    private static final Instant EXPIRES = TIME.plusSeconds(3_600);
    private static final Digest CODE = Digest.of(new byte[] {1});
    private static final Digest KEY = Digest.of(new byte[] {2});
    private static final Digest OTHER_KEY = Digest.of(new byte[] {3});

    private final Scene scene = new Scene();

    private Outcome issued() {
        return scene.apply(new Entry.EnrolmentCodeIssued(TIME, Documents.DEALER, CODE, EXPIRES));
    }

    private Outcome enrolled(String serial, Instant time, @Nullable Digest key) {
        return scene.apply(new Entry.CertificateIssued(time, Documents.DEALER, serial, time.plusSeconds(9), CODE, key));
    }

    private static Outcome refused(Outcome.CodeFault fault) {
        return new Outcome.CodeRefused(fault);
    }

    @Test
    void theSameCodeWithTheSameKeyGivesACertificateAgain() {
        issued();
        assertThat(enrolled("0a", TIME, KEY)).isInstanceOf(Outcome.Recorded.class);
        assertThat(enrolled("0b", TIME, KEY)).isInstanceOf(Outcome.Recorded.class);
        assertThat(enrolled("0c", TIME, OTHER_KEY)).isEqualTo(refused(Outcome.CodeFault.USED));
        assertThat(enrolled("0d", TIME, KEY)).isInstanceOf(Outcome.Recorded.class);
        assertThat(enrolled("0e", EXPIRES, KEY)).isEqualTo(refused(Outcome.CodeFault.EXPIRED));
    }

    @Test
    void aCodeUsedBeforeKeysWereKeptGivesNothingAgain() {
        issued();
        assertThat(enrolled("0a", TIME, null)).isInstanceOf(Outcome.Recorded.class);
        assertThat(enrolled("0b", TIME, null)).isEqualTo(refused(Outcome.CodeFault.USED));
        assertThat(enrolled("0c", TIME, KEY)).isEqualTo(refused(Outcome.CodeFault.USED));
    }

    @Test
    void whoIsSuspendedGetsNoCertificateByACodeNorByARenewalUnderWay() {
        issued();
        scene.apply(new Entry.PartySuspended(TIME, Documents.DEALER, "strange orders", "operator"));
        var renewal = new Entry.CertificateIssued(TIME, Documents.DEALER, "0b", TIME.plusSeconds(9), null, KEY);
        assertThat(enrolled("0a", TIME, KEY)).isEqualTo(refused(Outcome.CodeFault.SUSPENDED));
        assertThat(scene.apply(renewal)).isEqualTo(refused(Outcome.CodeFault.SUSPENDED));
        scene.apply(new Entry.PartyResumed(TIME, Documents.DEALER, "all is well", "operator"));
        assertThat(scene.apply(renewal)).isInstanceOf(Outcome.Recorded.class);
    }

    @Test
    void onceItsCertificateIsRevokedACodeGivesNoOther() {
        issued();
        enrolled("0a", TIME, KEY);
        scene.apply(new Entry.CertificateRevoked(TIME, "0a", "stolen"));
        assertThat(enrolled("0b", TIME, KEY)).isEqualTo(refused(Outcome.CodeFault.USED));
    }

    @Test
    void aVoidCodeGivesNothingUsedOrNot() {
        issued();
        var end = new Entry.EnrolmentCodeVoided(TIME, Documents.DEALER, CODE, "stolen");
        assertThat(scene.apply(end)).isInstanceOf(Outcome.Recorded.class);
        assertThat(scene.apply(end)).isEqualTo(new Outcome.Ended());
        assertThat(enrolled("0a", TIME, KEY)).isEqualTo(refused(Outcome.CodeFault.VOID));
    }

    @Test
    void aVoidCodeGivesNothingToTheKeyItWasUsedFor() {
        issued();
        enrolled("0a", TIME, KEY);
        scene.apply(new Entry.EnrolmentCodeVoided(TIME, Documents.DEALER, CODE, "stolen"));
        assertThat(enrolled("0b", TIME, KEY)).isEqualTo(refused(Outcome.CodeFault.VOID));
    }

    @Test
    void aCodeNobodyIssuedIsNotVoided() {
        assertThat(scene.apply(new Entry.EnrolmentCodeVoided(TIME, Documents.DEALER, CODE, "stolen")))
                .isEqualTo(new Outcome.Ended());
    }
}
