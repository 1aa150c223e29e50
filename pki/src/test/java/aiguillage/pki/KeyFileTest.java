package aiguillage.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {

    @TempDir
    Path folder;

    @Test
    void aKeyFileIsItsOwnersAlone() throws IOException {
        Path file = folder.resolve("key.pem");
        KeyFile.create(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void nothingIsLeftBesideAWrittenFile() throws IOException {
        KeyFile.create(folder.resolve("key.pem"));
        KeyFile.create(folder.resolve("key.pem"));
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).isEqualTo(List.of("key.pem"));
        }
    }

    @Test
    void aKeyReadBackIsTheKeyWritten() throws IOException {
        Path file = folder.resolve("key.pem");
        KeyPair pair = KeyFile.create(file);
        KeyPair back = EcKeys.pairOf(KeyFile.read(file));
        assertThat(back.getPrivate()).isEqualTo(pair.getPrivate());
        assertThat(back.getPublic()).isEqualTo(pair.getPublic());
    }

    @Test
    void aKeyOthersCanReadIsRefusedWithTheCommandThatMendsIt() throws IOException {
        Path file = folder.resolve("key.pem");
        KeyFile.create(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> KeyFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600 " + file)
                .hasMessageContaining("rw-r-----");
    }

    @Test
    void aPassphraseIsNeededWhereOneWasSet() throws IOException {
        Path file = folder.resolve("key.pem");
        PrivateKey key = EcKeys.generate().getPrivate();
        KeyFile.write(file, key, "open sesame".toCharArray());
        assertThat(Files.readString(file)).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
        assertThat(KeyFile.read(file, "open sesame".toCharArray())).isEqualTo(key);
        assertThatThrownBy(() -> KeyFile.read(file)).hasMessageContaining("under a passphrase");
        assertThatThrownBy(() -> KeyFile.read(file, "open barley".toCharArray()))
                .hasMessageContaining("does not open");
    }

    @Test
    void opensslReadsOurKeysAndWeReadItsKeys() throws IOException, InterruptedException {
        var openssl = new OpenSsl(folder);
        KeyFile.write(folder.resolve("ours.pem"), EcKeys.generate().getPrivate(), "secret".toCharArray());
        assertThat(openssl.run("pkey", "-in", "ours.pem", "-passin", "pass:secret", "-noout", "-text"))
                .contains("prime256v1");
        openssl.run("ecparam", "-name", "prime256v1", "-genkey", "-out", "theirs.pem");
        Files.setPosixFilePermissions(folder.resolve("theirs.pem"), PosixFilePermissions.fromString("rw-------"));
        assertThat(EcKeys.pairOf(KeyFile.read(folder.resolve("theirs.pem")))
                        .getPublic()
                        .getAlgorithm())
                .isEqualTo("EC");
    }

    @Test
    void aFileWithoutAKeySaysSo() throws IOException {
        Path file = folder.resolve("empty.pem");
        DurableFile.writeSecret(file, "nothing here\n".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> KeyFile.read(file)).hasMessageContaining("holds no private key");
    }

    @Test
    void keyAndChainInOneFileComeBackTogether() throws IOException {
        Credential credential = new Scene(folder).credential("garage-1");
        Path file = folder.resolve("party.pem");
        credential.write(file);
        assertThat(Credential.read(file, file)).isEqualTo(credential);
        assertThat(credential.toString()).doesNotContain("PRIVATE");
    }

    @Test
    void aKeyThatIsNotTheCertificatesIsRefused() throws IOException {
        CertificateChain chain = new Scene(folder).credential("garage-1").chain();
        assertThatThrownBy(() -> new Credential(EcKeys.generate().getPrivate(), chain))
                .hasMessageContaining("does not belong to the certificate");
    }
}
