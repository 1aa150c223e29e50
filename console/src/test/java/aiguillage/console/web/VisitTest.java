package aiguillage.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What a visit lets out of the console.
class VisitTest {

    @Test
    void theLogHasNoInvitation() {
        assertThat(Visit.shown("/enrol/secret")).isEqualTo("/enrol/…");
        assertThat(Visit.shown("/sign-in")).isEqualTo("/sign-in");
    }
}
