package aiguillage.app.warranty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What we generate, checked by a program that shares nothing with ours; skipped where it is not installed.
class XmllintTest {

    private static final Instant AT = Instant.parse("2026-07-20T02:00:05Z");

    @TempDir
    Path folder;

    private final List<String> claims = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();

    @BeforeEach
    void generate() throws Exception {
        assumeTrue(exit(List.of("xmllint", "--version")) == 0, "xmllint is not installed");
        for (ClaimGenerator.Generated claim : ClaimGeneratorTest.claims(10).toList()) {
            claims.add(file("claim-" + claims.size(), claim.xml()));
            answers.add(
                    file("answer-" + answers.size(), Decision.of(claim.xml()).advisory(AT)));
        }
    }

    @Test
    void claimsAndAnswersAreValidAgainstOurSchemas() throws Exception {
        assertValid(own(WarrantyDocuments.CLAIM_SCHEMA), claims);
        assertValid(own(WarrantyDocuments.DECISION_SCHEMA), answers);
    }

    @Test
    void claimsAndAnswersAreValidAgainstStar() throws Exception {
        Path star = Star.schemas();
        assertValid(Star.schema(star, "ProcessWarrantyClaim"), claims);
        assertValid(Star.schema(star, "ShowServiceProcessingAdvisory"), answers);
    }

    @Test
    void aBrokenClaimIsNotValid() throws Exception {
        String text = Files.readString(Path.of(claims.getFirst())).replace("<DocumentID>", "<Document>");
        String broken = file("broken", text.getBytes(StandardCharsets.UTF_8));
        assertThat(exit(xmllint(own(WarrantyDocuments.CLAIM_SCHEMA), List.of(broken))))
                .isNotZero();
    }

    private void assertValid(Path schema, List<String> files) throws Exception {
        int exit = exit(xmllint(schema, files));
        assertThat(exit).as(said()).isZero();
    }

    private static Path own(String schema) throws Exception {
        return Path.of(
                Objects.requireNonNull(Decision.class.getResource(schema)).toURI());
    }

    private String file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name + ".xml"), content).toString();
    }

    private static List<String> xmllint(Path schema, List<String> files) {
        List<String> command = new ArrayList<>(List.of("xmllint", "--noout", "--nonet", "--schema", schema.toString()));
        command.addAll(files);
        return command;
    }

    private int exit(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("said").toFile())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1; // not installed
        }
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("said"));
    }
}
