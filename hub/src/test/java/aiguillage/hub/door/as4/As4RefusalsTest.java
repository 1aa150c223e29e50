package aiguillage.hub.door.as4;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.as4.EbmsError;
import aiguillage.hub.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class As4RefusalsTest {

    /// A partner sends again what failed because of who it is; what does not fit the agreement it gives up.
    @ParameterizedTest
    @EnumSource(names = {"CERTIFICATE_EXPIRED", "CERTIFICATE_REVOKED", "PARTY_SUSPENDED"})
    void whoIsShutOutFailsToAuthenticate(Problem problem) {
        assertThat(As4Refusals.error(problem)).isEqualTo(EbmsError.FAILED_AUTHENTICATION);
    }

    @Test
    void whoIsInNoTableHasNoAgreement() {
        assertThat(As4Refusals.error(Problem.PARTY_UNKNOWN)).isEqualTo(EbmsError.PROCESSING_MODE_MISMATCH);
    }
}
