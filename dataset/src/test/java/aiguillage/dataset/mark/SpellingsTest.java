package aiguillage.dataset.mark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingsTest {

    private static @Nullable String other(String language, String text) {
        Spellings spellings = Spellings.of(language);
        return spellings == null ? null : spellings.other(text, 200, 0);
    }

    private static Set<String> all(String text) {
        Set<String> all = new LinkedHashSet<>();
        for (int choice = 0; choice < 16; choice++) {
            String other = Catalogue.ENGLISH.other(text, 200, choice);
            if (other != null) {
                all.add(other);
            }
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GUIDE EBU4 7F         | GDE EBU4 7F
            aspirin 5 mg tablet   | aspirin 5 mg tab
            Bracket 12            | Brkt 12
            BRKT. 12              | BRACKET 12
            CT FOOT W/CONTRAST    | CT FOOT WITH CONTRAST
            CT FOOT w/dye         | CT FOOT with dye
            CT FOOT WITH DYE      | CT FOOT W/ DYE
            CT THORAX W/O DYE     | CT THORAX WITHOUT DYE
            CT THORAX without DYE | CT THORAX w/o DYE
            FACE & NECK           | FACE AND NECK
            FACE&NECK             | FACE AND NECK
            Face&neck             | Face and neck
            FACE AND NECK         | FACE & NECK
            KNEE, OPEN            | OPEN, KNEE
            Diseases W/O Cc       | Diseases Without Cc
            Forceps W/Lamp        | Forceps With Lamp
            """)
    void aRuleChangesOneThing(String text, String other) {
        assertThat(other("en", text)).isEqualTo(other);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Boîte 5 vitesses    | Bte 5 vitesses
            RÉSERVOIR 40 L      | RESERV 40 L
            FEU SANS DOUILLE    | FEU S/ DOUILLE
            AXE ET BAGUE        | AXE & BAGUE
            AXE & BAGUE         | AXE ET BAGUE
            """)
    void frenchHasRulesOfItsOwn(String text, String other) {
        assertThat(other("fr", text)).isEqualTo(other);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IMP 4010-0X-XX-TX",
                "SCREW2.4",
                "SCREW-3",
                "12/SCREW",
                "RS S&I",
                "E & M PSYCH",
                "W/U EKG",
                "PSYCH W/OUT",
                "CC W/WO CC",
                "3,5",
                "HEAD, 36MM",
                "AB, CD",
                "SCREW'S",
                "L'AVANT",
                "",
                " ",
                ",",
                "&",
                "AND",
                "WITH",
                "W/O",
                "BOX AND",
                "AND BOX",
                "W/",
                "ZEBRA, FOR HORSES",
                "ZEBRA, HORSES OR OXEN"
            })
    void numbersCodesAndFragmentsAreLeftAlone(String text) {
        assertThat(all(text)).isEmpty();
    }

    @Test
    void theChoiceChoosesAmongTheRulesThatApply() {
        assertThat(all("SCREW & PLATE, LEFT"))
                .containsExactlyInAnyOrder(
                        "SCR & PLATE, LEFT",
                        "SCREW AND PLATE, LEFT",
                        "SCREW & PLT, LEFT",
                        "SCREW & PLATE, LT",
                        "LEFT, SCREW & PLATE");
    }

    @Test
    void theOtherSpellingFitsTheColumn() {
        assertThat(Catalogue.ENGLISH.other("FACE & NECK", 12, 0)).isNull();
        assertThat(Catalogue.ENGLISH.other("FACE & NECK", 13, 0)).isEqualTo("FACE AND NECK");
    }

    @Test
    void aRuleThatSaysNothingIsRefused() {
        assertThatThrownBy(() -> new Spellings("X-RAY = XRAY", "", "AND", null)).hasMessageContaining("X-RAY = XRAY");
        assertThatThrownBy(() -> new Spellings("A > B\nA > C", "", "AND", null)).hasMessageContaining("A > C");
    }
}
