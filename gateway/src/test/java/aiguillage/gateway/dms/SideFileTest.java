package aiguillage.gateway.dms;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.protocol.DocumentId;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class SideFileTest {

    @Test
    void aMediaTypeThatCannotBeSentIsAFlawAndNeverHoldsUpTheFlow(@TempDir Path folder) throws Exception {
        Path payload = folder.resolve("claim.xml");
        Files.writeString(SideFile.of(payload), "{\"contenttype\":\"text/Łódź\"}");
        SideFile side = SideFile.beside(payload, JsonMapper.shared());
        assertThatThrownBy(() -> side.envelope(
                        FlowName.of("opel/claim"), new PartyId("dealer-7"), new DocumentId("c"), Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("printable ASCII");
    }
}
