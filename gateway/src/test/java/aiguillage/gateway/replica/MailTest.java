package aiguillage.gateway.replica;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.gateway.pace.Pause;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MailTest {

    @Test
    void whoIsToStopDoesNotGoOnFailingBecauseThereIsMail() {
        var mail = new Mail(new HubClock(() -> Instant.EPOCH, () -> Instant.EPOCH));
        mail.ask();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> mail.await(Pause.real(), Duration.ofMinutes(1)))
                .isInstanceOf(InterruptedException.class);
    }
}
