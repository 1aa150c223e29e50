package aiguillage.hub.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.protocol.FlowName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreePathTest {

    @ParameterizedTest
    @CsvSource({
        "/,/",
        "'',/",
        ".,/",
        "in,/in",
        "/in/./opel//note/,/in/opel/note",
        "/../../etc/passwd,/etc/passwd",
        "/in/opel/note/../../..,/",
        "/in/opel/note/..x,/in/opel/note/..x"
    })
    void aPathBeginsAtTheRootAndNeverLeadsAboveIt(String text, String path) throws Exception {
        assertThat(TreePath.of(text)).hasToString(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\b", "a\u0000b", "a\nb", "a\u007f", "\ud800", "1/2/3/4/5/6/7/8/9"})
    void namesThatAProgramCouldTripOverAreRefused(String text) {
        assertThatThrownBy(() -> TreePath.of("/" + text)).isInstanceOf(FileRefused.class);
    }

    @Test
    void aNameHasAtMost180Bytes() throws Exception {
        assertThat(TreePath.of("x".repeat(180)).last()).hasSize(180);
        assertThatThrownBy(() -> TreePath.of("é".repeat(91))).hasMessageContaining("180 bytes");
    }

    @Test
    void aFolderOfAFlowKnowsItsFlow() throws Exception {
        assertThat(TreePath.of("/in/opel/note").flow()).contains(FlowName.of("opel/note"));
        assertThat(TreePath.of("/in/opel/note/x.xml").flow()).contains(FlowName.of("opel/note"));
        assertThat(TreePath.of("/in/opel").flow()).isEmpty();
        assertThat(TreePath.of("/in/Opel/NOTE").flow()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "claim.xml,false",
        ".claim.xml,true",
        "claim.xml.part,true",
        "claim.TMP,true",
        "claim.xml.filepart,true",
        "party,false"
    })
    void bothHabitsAreToldByTheName(String name, boolean isTemporary) {
        assertThat(TreePath.isTemporary(name)).isEqualTo(isTemporary);
    }

    @ParameterizedTest
    @CsvSource({
        "claim 7/é.xml,.xml,claim_7__.xml",
        "C-1,.json,C-1.json",
        "report.XML,.xml,report.xml",
        "../../etc,.bin,.._.._etc.bin"
    })
    void aDocumentsNameHasPlainCharactersAlone(String subject, String extension, String name) {
        assertThat(Names.of(subject, extension)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "a.xml,application/xml",
        "a.JSON,application/json",
        "a.csv,text/csv",
        "a,application/octet-stream",
        "xml,application/xml"
    })
    void theExtensionSaysTheMediaType(String name, String type) {
        assertThat(Names.mediaType(name)).isEqualTo(type);
    }
}
