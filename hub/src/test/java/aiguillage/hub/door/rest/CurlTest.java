package aiguillage.hub.door.rest;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.door.call.Call;
import aiguillage.hub.testing.RunningHub;
import aiguillage.pki.CertificateChain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The wire by clients we did not write: enrolment with nothing but openssl and curl, then every call by curl.
@Timeout(120)
class CurlTest {

    /// From a code to a certificate (RFC 7030). `$enrol`, `$code` and `$name` are given.
    private static final String ENROL = """
            curl -sS --cacert root.pem $enrol/.well-known/est/cacerts | openssl base64 -d > cacerts.p7
            openssl pkcs7 -inform DER -in cacerts.p7 -print_certs -out cacerts.pem
            [ -f key.pem ] || openssl ecparam -name prime256v1 -genkey -noout -out key.pem
            openssl req -new -key key.pem -subj / -outform DER | openssl base64 > request.b64
            curl -sS --cacert root.pem -u $name:$code -H 'Content-Type: application/pkcs10' \\
                --data-binary @request.b64 -o answer.b64 -w '%{http_code}' $enrol/.well-known/est/simpleenroll
            openssl base64 -d < answer.b64 > certificate.p7
            """;

    /// The answer holds the party's certificate and those above it, in any order: the party's own goes first.
    private static final String TAKE = """
            openssl pkcs7 -inform DER -in certificate.p7 -print_certs | awk '/BEGIN/ {n++} n {print > "part-" n ".pem"}'
            rm -f own.pem above.pem
            for part in part-*.pem; do
                openssl x509 -in $part -noout -ext subjectAltName | grep -q urn:aiguillage \\
                    && cat $part > own.pem || cat $part >> above.pem
            done
            cat own.pem above.pem > certificate.pem
            """;

    private static final String RENEW = """
            curl -sS --cacert root.pem --cert certificate.pem --key key.pem -H 'Content-Type: application/pkcs10' \\
                --data-binary @request.b64 -o answer.b64 -w '%{http_code}' $enrol/.well-known/est/simplereenroll
            openssl base64 -d < answer.b64 > certificate.p7
            """;

    private static final String TO_HUB = "curl -sS --cacert root.pem --cert certificate.pem --key key.pem ";

    @TempDir
    Path folder;

    private RunningHub hub;

    @BeforeEach
    void start() throws Exception {
        for (String tool : List.of("curl", "openssl", "bash")) {
            Assumptions.assumeTrue(
                    List.of(System.getenv("PATH").split(":")).stream()
                            .anyMatch(path -> Files.isExecutable(Path.of(path, tool))),
                    tool + " is not installed");
        }
        hub = new RunningHub(folder.resolve("hub"));
        var root = hub.anchors().roots().iterator().next();
        new CertificateChain(List.of(root)).write(folder.resolve("root.pem"));
    }

    @AfterEach
    void stop() {
        if (hub != null) {
            hub.close();
        }
    }

    @Test
    void aPartyEnrolsRenewsAndUsesEveryAddress() throws Exception {
        String code = code("dealer-7");
        assertThat(bash("name=dealer-7 code=" + code + "\n" + ENROL)).startsWith("200");
        bash(TAKE);
        assertThat(bash("openssl x509 -in certificate.pem -noout -ext subjectAltName"))
                .contains("urn:aiguillage:party:dealer-7");
        assertThat(bash("mv key.pem own-key.pem\nname=dealer-7 code=" + code + "\n" + ENROL
                        + "cat answer.b64; mv own-key.pem key.pem"))
                .as("a code is good for one key")
                .contains("401", "code-refused");
        everyAddress();
    }

    @Test
    void aCertificateIsRenewedWithTheOneBefore() throws Exception {
        bash("name=dealer-7 code=" + code("dealer-7") + "\n" + ENROL + TAKE);
        String before = bash("openssl x509 -in certificate.pem -noout -serial");
        assertThat(bash(RENEW)).startsWith("200");
        bash(TAKE);
        assertThat(bash("openssl x509 -in certificate.pem -noout -serial")).isNotEqualTo(before);
        assertThat(bash(TO_HUB + "$hub/v1/inbox")).isEqualTo("[]");
        assertThat(bash("curl -sS --cacert root.pem --data-binary @request.b64 $enrol/.well-known/est/simplereenroll"))
                .contains("certificate-unusable");
    }

    @Test
    void wrongCodesAreRefusedAndManyTriesAreSlowedDown() throws Exception {
        String wrong = code("dealer-8");
        assertThat(bash("name=dealer-7 code=" + wrong + "\n" + ENROL + "cat answer.b64"))
                .contains("401", "code-refused");
        assertThat(bash("name=dealer-7 code=nonsense\n" + ENROL + "cat answer.b64"))
                .contains("401", "code-refused");
        String many = bash("for i in $(seq 1 14); do curl -s -o /dev/null -w '%{http_code} ' --cacert root.pem"
                + " -u dealer-7:x -d x $enrol/.well-known/est/simpleenroll; done");
        assertThat(many).contains("401").endsWith("429 ");
        assertThat(bash("curl -si --cacert root.pem -u dealer-7:x -d x $enrol/.well-known/est/simpleenroll"))
                .containsIgnoringCase("retry-after: ")
                .contains("too-many-requests");
    }

    private void everyAddress() throws Exception {
        String submit = TO_HUB + "-H 'ce-specversion: 1.0' -H 'ce-id: claim-1' -H 'Content-Type: text/plain'"
                + " -H 'ce-source: urn:aiguillage:party:dealer-7' -H 'ce-type: opel/warranty-claim'"
                + " --data-binary 'a claim' $hub/v1/documents";
        assertThat(bash(submit)).contains("\"receipt\":\"aiguillage/1\"").isEqualTo(bash(submit));
        assertThat(bash(submit.replace("a claim", "another"))).contains("id-taken");
        assertThat(bash(TO_HUB + "$hub/v1/documents?key=none")).isEqualTo("[]");
        assertThat(bash(TO_HUB + "$hub/v1/documents/claim-1")).contains("\"state\":\"pending\"");
        assertThat(bash(TO_HUB + "$hub/v1/documents/claim-1/payload")).isEqualTo("a claim");
        assertThat(bash(TO_HUB + "-r 2-6 $hub/v1/documents/claim-1/payload")).isEqualTo("claim");
        assertThat(bash(TO_HUB + "$hub/v1/documents/claim-1/receipts")).startsWith("[{");
        assertThat(bash(TO_HUB + "\"$hub/v1/inbox?limit=10&wait=1\"")).isEqualTo("[]");
        assertThat(bash(TO_HUB + "-m 2 -N $hub/v1/inbox/stream || true")).contains("retry: ");
        assertThat(bash(TO_HUB + "-d '{\"acknowledge\":[2]}' $hub/v1/inbox/acknowledgements"))
                .isEqualTo("{\"acknowledged\":0,\"rejected\":0,\"ended\":1}");
        assertThat(bash(TO_HUB + "$hub/v1/inbox/quarantine")).isEqualTo("[]");
        assertThat(bash(TO_HUB + "-X POST $hub/v1/inbox/quarantine/2/release")).contains("not-found");
        assertThat(bash(TO_HUB + "-X POST $hub/v1/inbox/quarantine/2/return")).contains("not-found");
        assertThat(bash(TO_HUB + "$hub/v1/inbox/2/payload")).contains("not-found");
        assertThat(bash(TO_HUB + "$hub/v1/ledger/checkpoint")).startsWith("hub.example/ledger\n");
        assertThat(bash(TO_HUB + "$hub/v1/ledger/key")).contains("hub.example/ledger");
        assertThat(bash(TO_HUB + "\"$hub/v1/ledger/proof?position=1\"")).contains("\"proof\":[");
        assertThat(bash(TO_HUB + "\"$hub/v1/ledger/consistency?from=1\"")).contains("\"root\":");
        assertThat(bash(TO_HUB + "$hub/v1/openapi.json")).contains("\"openapi\":\"3.1.0\"");
    }

    private String code(String party) throws Exception {
        return Call.JSON
                .readTree(hub.operator("/operator/enrolments", "{\"party\":\"" + party + "\"}")
                        .body())
                .at("/code")
                .asString();
    }

    private String bash(String script) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("bash", "-c", script).directory(folder.toFile());
        builder.environment().put("hub", hub.uri("").toString());
        builder.environment().put("enrol", hub.enrolmentUri("").toString());
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
