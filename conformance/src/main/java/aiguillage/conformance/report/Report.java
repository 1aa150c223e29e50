package aiguillage.conformance.report;

import aiguillage.conformance.Result;
import aiguillage.conformance.Verdict;
import aiguillage.pki.CertificateChain;
import aiguillage.pki.DurableFile;
import aiguillage.protocol.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A signed report.
///
/// @param report what is signed
/// @param key who signed it
/// @param chain of the party that signed it; null: the kit did
public record Report(
        JsonNode report, PublicKey key, @Nullable CertificateChain chain) {

    /// The largest file read.
    public static final int BYTES_MAX = 4_000_000;

    private static final String FORMAT = "aiguillage-conformance/1";
    private static final String ALGORITHM = "SHA256withECDSA";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /// What was run.
    ///
    /// @param version of the kit
    /// @param mode `self`, `against` or `listen`
    /// @param against the other end, in a word
    public record Run(String version, String mode, String against, Instant begun, Instant ended, Locale language) {}

    /// The report's JSON, not yet signed.
    public static ObjectNode of(Run run, List<Result> results) {
        ObjectNode report = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("version", run.version())
                .put("mode", run.mode())
                .put("against", run.against())
                .put("begun", run.begun().toString())
                .put("ended", run.ended().toString());
        ObjectNode doors = report.putObject("doors");
        counts(results).forEach((door, counts) -> {
            ObjectNode one = doors.putObject(door);
            counts.forEach((verdict, count) -> one.put(word(verdict), count));
        });
        ArrayNode all = report.putArray("results");
        for (Result result : results) {
            all.addObject()
                    .put("situation", result.situation().id())
                    .put("title", result.situation().title(run.language()))
                    .put("door", result.door())
                    .put("verdict", word(result.verdict()))
                    .put("demanded", result.demanded())
                    .put("seen", result.seen())
                    .put("source", result.situation().source())
                    .put("why", result.why())
                    .put("milliseconds", result.took().toMillis());
        }
        return report;
    }

    /// How many of each verdict, by door.
    public static Map<String, Map<Verdict, Integer>> counts(List<Result> results) {
        Map<String, Map<Verdict, Integer>> doors = new LinkedHashMap<>();
        for (Result result : results) {
            doors.computeIfAbsent(result.door(), _ -> new EnumMap<>(Verdict.class))
                    .merge(result.verdict(), 1, Integer::sum);
        }
        return doors;
    }

    /// How many of each verdict, by door, as the report's results are: what its own sums say is not asked.
    public Map<String, Map<String, Integer>> counted() {
        Map<String, Map<String, Integer>> doors = new LinkedHashMap<>();
        for (JsonNode result : report.path("results")) {
            doors.computeIfAbsent(result.path("door").asString(""), _ -> new TreeMap<>())
                    .merge(result.path("verdict").asString(""), 1, Integer::sum);
        }
        return doors;
    }

    /// `not-run`.
    public static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Signs a report and writes it, replacing what was there.
    public static void write(Path file, JsonNode report, Signer signer) throws IOException {
        ObjectNode signed = JSON.createObjectNode();
        signed.set("report", report);
        ObjectNode signature = signed.putObject("signature")
                .put("algorithm", ALGORITHM)
                .put("key", base64(signer.pair().getPublic().getEncoded()));
        try {
            if (signer.chain() != null) {
                ArrayNode certificates = signature.putArray("certificates");
                for (X509Certificate certificate : signer.chain().certificates()) {
                    certificates.add(base64(certificate.getEncoded()));
                }
            }
            Signature signing = Signature.getInstance(ALGORITHM);
            signing.initSign(signer.pair().getPrivate());
            signing.update(signed(report));
            signature.put("value", base64(signing.sign()));
        } catch (GeneralSecurityException e) {
            throw new IOException("the report could not be signed: " + e.getMessage(), e);
        }
        DurableFile.write(file, (PRETTY.writeValueAsString(signed) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] signed(JsonNode report) {
        return JSON.writeValueAsBytes(report);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// Reads a report and checks its signature. Whose the key is, the caller decides.
    ///
    /// @throws IllegalArgumentException when it is no report, or was changed; the message says which
    /// @throws IOException when the file cannot be read
    public static Report verified(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(BYTES_MAX + 1);
        }
        if (bytes.length > BYTES_MAX) {
            throw new IllegalArgumentException("a report has at most " + BYTES_MAX + " bytes");
        }
        try {
            JsonNode signed = JSON.readTree(bytes);
            JsonNode report = signed.path("report");
            JsonNode signature = signed.path("signature");
            if (!report.path("format").asString("").equals(FORMAT)
                    || !signature.path("algorithm").asString("").equals(ALGORITHM)) {
                throw new IllegalArgumentException("not a report of the form " + FORMAT);
            }
            PublicKey key =
                    KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(decoded(signature.path("key"))));
            Signature checking = Signature.getInstance(ALGORITHM);
            checking.initVerify(key);
            checking.update(signed(report));
            if (!checking.verify(decoded(signature.path("value")))) {
                throw new IllegalArgumentException("the report was changed after it was signed");
            }
            return new Report(report, key, chain(signature.path("certificates"), key));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the report is not JSON: " + e.getOriginalMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the signature cannot be checked: " + e.getMessage(), e);
        }
    }

    private static byte[] decoded(JsonNode base64) {
        return Base64.getDecoder().decode(base64.asString(""));
    }

    private static @Nullable CertificateChain chain(JsonNode certificates, PublicKey key)
            throws GeneralSecurityException {
        if (certificates.isEmpty()) {
            return null;
        }
        List<X509Certificate> chain = new ArrayList<>();
        for (JsonNode certificate : certificates) {
            chain.add((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(decoded(certificate))));
        }
        if (!chain.getFirst().getPublicKey().equals(key)) {
            throw new IllegalArgumentException("the certificate is not of the key that signed");
        }
        return new CertificateChain(chain);
    }

    /// By which people compare keys: `SHA256:` and the digest of the key in hexadecimal.
    public String fingerprint() {
        return "SHA256:"
                + java.util.HexFormat.of().formatHex(Digest.of(key.getEncoded()).bytes());
    }
}
