package aiguillage.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.app.testing.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The generated pages of the documentation are those the code prints; `-Daiguillage.rewrite=true` rewrites them.
class ReferenceTest {

    @ParameterizedTest
    @ValueSource(strings = {"configuration", "problems", "situations"})
    void thePageInTheDocumentationIsTheOneTheCodePrints(String page) throws IOException {
        Path file = Path.of("..", "docs", "reference", page + ".md");
        Ran ran = Ran.command("reference", page);
        assertThat(ran.exit()).isZero();
        if (Boolean.getBoolean("aiguillage.rewrite")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, ran.out());
        }
        assertThat(Files.readString(file))
                .as("rewrite it: mvn -pl app -am test -Dtest=ReferenceTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Daiguillage.rewrite=true")
                .isEqualTo(ran.out());
    }
}
