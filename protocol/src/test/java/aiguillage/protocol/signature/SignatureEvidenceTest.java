package aiguillage.protocol.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureEvidenceTest {

    private final Signer garage;
    private final SignatureEvidence evidence;

    SignatureEvidenceTest() throws Exception {
        garage = Signer.random();
        evidence = ((Verdict.Valid) garage.verdict(garage.signedClaim())).evidence();
    }

    @Test
    void evidenceProvesItselfWithNothingElse() {
        SignatureEvidence read = SignatureEvidence.decoded(evidence.encoded());
        assertThat(read).isEqualTo(evidence);
        assertThat(read.verify()).isTrue();
        assertThat(read.certificate()).isEqualTo(garage.certificate());
        assertThat(read.components())
                .containsEntry("@path", "/v1/documents")
                .containsEntry("content-digest", Signer.headers().get("content-digest"))
                .doesNotContainKey("@signature-params");
    }

    @Test
    void anyFlippedByteFails() {
        byte[] bytes = evidence.encoded();
        for (int at = 0; at < bytes.length; at++) {
            byte[] flipped = bytes.clone();
            flipped[at] ^= (byte) (1 << at % Byte.SIZE);
            assertThat(proves(flipped)).as("byte %d", at).isFalse();
        }
    }

    @Test
    void noBytesCutShortOrAppendedProve() {
        byte[] bytes = evidence.encoded();
        for (int length = 0; length <= bytes.length + 50; length++) {
            assertThat(proves(Arrays.copyOf(bytes, length)))
                    .as("length %d", length)
                    .isEqualTo(length == bytes.length);
        }
    }

    @Test
    void anyBytesAreReadOrRefused() {
        var random = new Random(7);
        for (int i = 0; i < 500; i++) {
            var bytes = new byte[random.nextInt(600)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[0] = 1; // the version, so that what follows is looked at
            }
            assertThat(proves(bytes)).as("round %d", i).isFalse();
        }
    }

    /// Base64 leaves four bits of its last digit unused: changing those changes nothing that was signed.
    @ParameterizedTest
    @ValueSource(strings = {SignatureHeaders.INPUT_NAME, SignatureHeaders.SIGNATURE_NAME})
    void aFlippedCharacterOfAHeaderFailsOrChangesNothing(String name) {
        SignedMessage signed = garage.signedClaim();
        SignatureEvidence before = ((Verdict.Valid) garage.verdict(signed)).evidence();
        String whole = signed.headers().getOrDefault(name, "");
        assertThat(whole).isNotEmpty();
        for (int place = 0; place < whole.length(); place++) {
            var value = new StringBuilder(whole);
            value.setCharAt(place, (char) (value.charAt(place) ^ 1));
            SignedMessage flipped = Signer.with(signed, name, value.toString());
            if (garage.verdict(flipped) instanceof Verdict.Valid(var _, var after)) {
                assertThat(after).isEqualTo(before);
                assertThat(place).isEqualTo(value.lastIndexOf("=") - 2);
            }
        }
    }

    private static boolean proves(byte[] bytes) {
        try {
            return SignatureEvidence.decoded(bytes).verify();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void anotherVersionIsRefused() {
        byte[] bytes = evidence.encoded();
        bytes[0] = 2;
        assertThatThrownBy(() -> SignatureEvidence.decoded(bytes)).hasMessageContaining("version 1");
    }

    @Test
    void opensslAgrees(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(exitCode(folder, "version") == 0, "openssl is not installed");
        Files.writeString(folder.resolve("base.txt"), evidence.base(), StandardCharsets.US_ASCII);
        Files.write(folder.resolve("signature.der"), der(evidence.signature()));
        Files.writeString(
                folder.resolve("public.pem"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(garage.pair().getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        String[] verify = {"dgst", "-sha256", "-verify", "public.pem", "-signature", "signature.der", "base.txt"};
        assertThat(exitCode(folder, verify)).isZero();
        Files.writeString(folder.resolve("base.txt"), evidence.base() + "\n", StandardCharsets.US_ASCII);
        assertThat(exitCode(folder, verify)).isNotZero();
    }

    private static int exitCode(Path folder, String... arguments) throws InterruptedException {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(Arrays.asList(arguments));
        try {
            return new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1; // not installed
        }
    }

    private static byte[] der(byte[] raw) throws IOException {
        var numbers = new ASN1EncodableVector();
        numbers.add(new ASN1Integer(new BigInteger(1, Arrays.copyOf(raw, 32))));
        numbers.add(new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, 32, 64))));
        return new DERSequence(numbers).getEncoded();
    }

    @Test
    void aMessagesHeadersAreCopied() {
        var headers = new TreeMap<>(Signer.headers());
        var message = new SignedMessage("POST", "/v1/documents", headers);
        headers.put("ce-id", "other");
        assertThat(message.headers()).containsEntry("ce-id", "claim-1");
    }
}
