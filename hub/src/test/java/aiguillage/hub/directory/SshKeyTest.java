package aiguillage.hub.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.config.ConfigException;
import aiguillage.hub.routing.Table;
import aiguillage.hub.testing.RunningHub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SshKeyTest {

    private static final String BASE64 = "AAAAC3NzaC1lZDI1NTE5AAAAIIEyB7VmcbtvGJmwMUb7Jqm7wBZaBdVVuvVAdY0jUJxt";

    @Test
    void aLineOfAPubFileIsAKeyWhateverItsComment() {
        assertThat(SshKey.of("ssh-ed25519 " + BASE64 + " dms@dealer 7")).isEqualTo(SshKey.of("ssh-ed25519 " + BASE64));
    }

    @ParameterizedTest
    @CsvSource({
        "ssh-ed25519, has no type and key",
        "ssh-dss AAAA, its type is none of",
        "ssh-ed25519 ????, no base64",
        "ssh-ed25519 AAAA, its end is missing",
        "ssh-rsa " + BASE64 + ", a key of another type",
        "ssh-ed25519 " + BASE64 + "AAAA, behind its end",
        "ssh-rsa AAAAB3NzaC1yc2EAAAABAwAAAAIBAQ==, bits"
    })
    void whatIsNoKeyIsRefusedWithTheReason(String line, String why) {
        assertThatThrownBy(() -> SshKey.of(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("ssh-keygen");
    }

    @Test
    void aFlowsFileWithAWrongKeyIsRefusedWithItsPlace() {
        String flows = RunningHub.FLOWS.replace("dealer-7: {", "dealer-7: { ssh-keys: [ssh-ed25519 AAAA],");
        assertThatThrownBy(() -> Table.read("flows.yaml", flows))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("flows.yaml:5")
                .hasMessageContaining("ssh-keys")
                .hasMessageContaining("its end is missing");
    }
}
