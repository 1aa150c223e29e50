package aiguillage.gateway.dms;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Position;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No name that a DMS or a sender chooses leaves its folder or hurts a file system.
final class FileNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "..",
                ".",
                "",
                "a\nb\u0000c",
                "C:\\Windows\\x",
                " lead",
                "\ud83d",
                "dealer?*<>|\".xml",
                ".hidden"
            })
    void aTrickyNameBecomesAPlainOne(String name) {
        String safe = FileNames.safe(name);
        assertThat(safe).isNotEmpty().doesNotContain("/", "\\", "\n", "\u0000", ":", "*", "?");
        assertThat(safe).doesNotStartWith(".").doesNotStartWith(" ");
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(safe)).isTrue();
        assertThat(FileNames.safe(safe)).as("safe names stay as they are").isEqualTo(safe);
    }

    @Test
    void ordinaryNamesStayAsTheyAre() {
        assertThat(FileNames.safe("Réclamation n° 17.xml")).isEqualTo("Réclamation n° 17.xml");
    }

    @Test
    void theEndingSaysWhatAFileIsAndTheFileKeepsItsEndingAtTheOtherEnd() {
        var id = new DocumentId("claim-1");
        for (String ending : Set.of(".xml", ".json", ".csv", ".txt", ".pdf", ".edi", ".zip")) {
            String contentType = FileNames.contentType("CLAIM" + ending.toUpperCase(java.util.Locale.ROOT));
            assertThat(contentType).as(ending).isNotNull();
            assertThat(FileNames.document(id, contentType)).isEqualTo("claim-1" + ending);
        }
        assertThat(FileNames.contentType("claim.dat")).isNull();
        assertThat(FileNames.contentType("claim")).isNull();
    }

    @Test
    void veryLongNamesAreCutAndStayDifferent() {
        String one = FileNames.safe("é".repeat(400) + "1.xml");
        String two = FileNames.safe("é".repeat(400) + "2.xml");
        assertThat(one.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(FileNames.NAME_BYTES_MAX);
        assertThat(one).endsWith(".xml").isNotEqualTo(two);
    }

    @Test
    void deliveriesSortInTheirOrderAndKeepTheirType() {
        String first = FileNames.delivery(new Position(99), new DocumentId("z:1"), "application/xml; charset=utf-8");
        String second = FileNames.delivery(new Position(100), new DocumentId("a"), null);
        assertThat(first).isEqualTo("000000000099-z_1.xml").isLessThan(second);
        assertThat(second).endsWith(".bin");
    }

    @Test
    void aTakenNameGetsASibling() {
        Set<String> taken = Set.of("a.xml", "a~2.xml");
        assertThat(FileNames.free("a.xml", "x", taken::contains)).isEqualTo("a~3.xml");
        assertThat(FileNames.free("a.xml", "00ff", name -> !name.contains("00ff")))
                .isEqualTo("a~00ff.xml");
    }
}
