package aiguillage.hub.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.config.Bytes;
import aiguillage.hub.directory.Role;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Table;
import aiguillage.hub.testing.RunningHub;
import aiguillage.protocol.PartyId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What one party may ask, counted on a clock of the test's own.
class QuotaTest {

    private static final PartyId DEALER = new PartyId("dealer-7");
    private static final PartyId CENTRE = new PartyId("opel-centre");
    private static final Allowance SMALL = new Allowance(60, 5, 120, 10, Bytes.of("60kB"), 2, 8, 4);

    private final AtomicLong nanos = new AtomicLong(-1_000); // such clocks may begin anywhere
    private final Quotas quotas = quotas(Map.of(), Map.of());

    private Quotas quotas(Map<Role, Multiple> roles, Map<PartyId, Multiple> parties) {
        Table table = Table.read("flows.yaml", RunningHub.FLOWS);
        return new Quotas(SMALL, roles, parties, () -> table, nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static void assertTooMany(ThrowingCallable call, long retrySeconds) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.problem()).isEqualTo(Problem.TOO_MANY_REQUESTS);
            assertThat(refused.particulars()).containsEntry("retryAfter", retrySeconds);
        });
    }

    private static void send(Quota quota, long bytes) {
        quota.document();
        quota.comes(bytes);
    }

    @Test
    void documentsThatComeTogetherAreCountedTogetherOrNotAtAll() {
        Quota quota = quotas.of(DEALER);
        quota.documents(3);
        assertTooMany(() -> quota.documents(3), 1);
        quota.documents(2);
        assertTooMany(() -> quota.documents(16), 5); // more than the party may have at once come all the same
        pass(Duration.ofSeconds(5));
        quota.documents(16);
        assertTooMany(quota::document, 12);
    }

    @Test
    void whatCameAsOneAndIsSeveralIsTakenWholeAndTheNextWaits() {
        Quota quota = quotas.of(DEALER);
        quota.document();
        for (int i = 0; i < 9; i++) {
            quota.oneMore();
        }
        assertTooMany(quota::document, 6);
        assertTooMany(quota::requireDocuments, 5);
        pass(Duration.ofSeconds(5));
        quota.requireDocuments();
        assertTooMany(quota::document, 1);
        pass(Duration.ofSeconds(1));
        quota.document();
    }

    @Test
    void soManyAtOnceThenAtTheirRate() {
        Quota quota = quotas.of(DEALER);
        for (int i = 0; i < 5; i++) {
            send(quota, 10);
        }
        assertTooMany(quota::document, 1);
        pass(Duration.ofMillis(1_100));
        send(quota, 10);
        assertTooMany(quota::document, 1);
        pass(Duration.ofHours(1));
        for (int i = 0; i < 5; i++) {
            send(quota, 10);
        }
        assertTooMany(quota::document, 1);
    }

    @Test
    void oneDocumentLargerThanAllBytesIsTakenAndTheNextWaits() {
        Quota quota = quotas.of(DEALER);
        send(quota, 120_000); // twice what a minute allows
        assertTooMany(quota::document, 61);
        pass(Duration.ofSeconds(30));
        assertTooMany(quota::document, 31);
        pass(Duration.ofSeconds(31));
        send(quota, 1);
    }

    @Test
    void whatComesLaterCountsForTheNext() {
        Quota quota = quotas.of(DEALER);
        quota.document();
        quota.comes(90_000);
        assertTooMany(quota::document, 31);
    }

    @Test
    void whatIsOpenIsCountedUpAndDown() {
        Quota quota = quotas.of(DEALER);
        quota.uploadBegins();
        quota.uploadBegins();
        assertTooMany(quota::uploadBegins, 1);
        quota.uploadEnds();
        quota.uploadBegins();
        for (int i = 0; i < 8; i++) {
            quota.requestBegins();
        }
        assertTooMany(quota::requestBegins, 1);
        quota.requestEnds();
        quota.requestBegins();
        for (int i = 0; i < 4; i++) {
            assertThat(quota.connectionBegins()).isTrue();
        }
        assertThat(quota.connectionBegins()).isFalse();
        quota.connectionEnds();
        assertThat(quota.connectionBegins()).isTrue();
    }

    @Test
    void whatIsLeftIsSaidInStructuredFields() {
        Quota quota = quotas.of(DEALER);
        assertThat(quota.policy()).isEqualTo("\"documents\";q=5;w=5, \"bytes\";q=60000;w=60;qu=\"content-bytes\"");
        send(quota, 1_000);
        send(quota, 1_000);
        assertThat(quota.left()).isEqualTo("\"documents\";r=3;t=2, \"bytes\";r=58000;t=2");
    }

    @Test
    void whoGoesOnAfterRefusalsIsToldLaterAndThenNotAtAll() {
        Quota quota = quotas.of(DEALER);
        for (int i = 0; i < Quota.REFUSALS_AT_ONCE; i++) {
            assertThat(quota.patience()).isEqualTo(Patience.AT_ONCE);
        }
        for (int i = 0; i < Quota.REFUSALS_LATER_MAX; i++) {
            assertThat(quota.patience()).isEqualTo(Patience.LATER);
        }
        assertThat(quota.patience()).isEqualTo(Patience.NEVER);
        quota.told();
        assertThat(quota.patience()).isEqualTo(Patience.LATER);
        pass(Duration.ofSeconds(2));
        assertThat(quota.patience()).isEqualTo(Patience.AT_ONCE);
    }

    @Test
    void aPartyHasItsOwnMultipleElseTheGreatestOfItsRoles() {
        Quotas some =
                quotas(Map.of(new Role("centre"), new Multiple(3)), Map.of(new PartyId("dealer-8"), new Multiple(100)));
        assertThat(some.of(DEALER).policy()).startsWith("\"documents\";q=5;");
        assertThat(some.of(CENTRE).policy()).startsWith("\"documents\";q=15;");
        assertThat(some.of(new PartyId("dealer-8")).policy()).startsWith("\"documents\";q=500;");
    }

    @Test
    void whoIsIdleIsForgottenAndWhoIsNotIsKept() {
        send(quotas.of(DEALER), 1);
        quotas.of(CENTRE).requestBegins();
        quotas.sweep();
        assertThat(quotas.count()).isEqualTo(2);
        pass(Duration.ofMinutes(2));
        quotas.sweep();
        assertThat(quotas.count()).isEqualTo(1);
        assertThat(quotas.of(CENTRE)).isSameAs(quotas.of(CENTRE));
    }

    @Test
    void aMultipleIsAWholeNumber() {
        assertThat(Multiple.of("20")).isEqualTo(new Multiple(20));
        assertThatThrownBy(() -> Multiple.of("many")).hasMessageContaining("whole number from 1 to 10000");
        assertThatThrownBy(() -> Multiple.of("0")).hasMessageContaining("whole number from 1 to 10000");
        assertThat(Allowance.USUAL.times(new Multiple(10_000)).requestsPerMinute())
                .isEqualTo(600_000_000);
    }
}
