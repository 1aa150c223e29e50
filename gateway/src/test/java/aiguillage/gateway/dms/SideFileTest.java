package aiguillage.gateway.dms;

import static org.assertj.core.api.Assertions.assertThat;
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

    /// It would never end, or lead to what is not the DMS's.
    @Test
    void aSideFileThatIsNoPlainFileIsAFlaw(@TempDir Path folder) throws Exception {
        Path payload = folder.resolve("claim.xml");
        Path secret = Files.writeString(folder.resolve("secret"), "{\"subject\":\"of somebody else\"}");
        Files.createSymbolicLink(SideFile.of(payload), secret);
        assertFlaw(payload);
        Files.delete(SideFile.of(payload));
        Files.createSymbolicLink(SideFile.of(payload), Path.of("/dev/zero"));
        assertFlaw(payload);
        Files.delete(SideFile.of(payload));
        assertThat(new ProcessBuilder("mkfifo", SideFile.of(payload).toString())
                        .start()
                        .waitFor())
                .isZero();
        assertFlaw(payload);
    }

    private static void assertFlaw(Path payload) {
        assertThatThrownBy(() -> SideFile.beside(payload, JsonMapper.shared()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a plain file");
    }

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
