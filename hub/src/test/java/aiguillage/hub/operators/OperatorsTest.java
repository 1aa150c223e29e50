package aiguillage.hub.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.TestClock;
import aiguillage.hub.yard.OperatorKeyRow;
import aiguillage.hub.yard.People;
import aiguillage.protocol.Brand;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorsTest {

    private static final Operator ADA = new Operator("ada", Rank.ADMINISTER, Set.of());
    private static final Operator BOB = new Operator("bob", Rank.SEE, Set.of(new Brand("opel")));

    private final TestClock clock = new TestClock(Instant.now());
    private RunningHub hub;
    private Operators operators;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        hub = new RunningHub(folder, RunningHub.FLOWS, clock);
        operators = hub.inside().operators();
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private void takeIn(Operator operator, String... keys) {
        operators.put(operator, "operator");
        for (String key : keys) {
            operators.addKey(operator.name(), key, "cose", "label of " + key, null);
        }
    }

    @Test
    void aLinkGivesOneKeyOnce() {
        operators.put(ADA, "operator");
        String link = operators.invite("ada", "operator").link();
        assertThat(operators.isAnybodyThere()).isFalse();
        assertThat(operators.invited(link)).contains(ADA);
        operators.addKey("ada", "a1", "cose", "blue", link);
        assertThat(operators.invited(link)).isEmpty();
        assertThatThrownBy(() -> operators.addKey("ada", "a2", "cose", "red", link))
                .isInstanceOf(Refused.class);
        assertThat(operators.keys("ada")).extracting(OperatorKeyRow::label).containsExactly("blue");
        assertThat(operators.isAnybodyThere()).isTrue();
    }

    @Test
    void aLinkHoldsForADayAndIsReplacedByTheNext() {
        operators.put(ADA, "operator");
        String first = operators.invite("ada", "operator").link();
        String second = operators.invite("ada", "operator").link();
        assertThat(operators.invited(first)).isEmpty();
        assertThatThrownBy(() -> operators.addKey("ada", "a1", "cose", "blue", first))
                .isInstanceOf(Refused.class);
        clock.advance(Operators.LINK_HOLDS);
        assertThat(operators.invited(second)).isEmpty();
        assertThatThrownBy(() -> operators.addKey("ada", "a1", "cose", "blue", second))
                .isInstanceOf(Refused.class);
    }

    /// Whoever makes a link for a colleague and uses it himself is noticed: the colleague's keys are gone.
    @Test
    void aLinksKeyReplacesThoseThePersonHad() {
        takeIn(ADA, "a1", "a2");
        String link = operators.invite("ada", "operator:eve").link();
        operators.addKey("ada", "a3", "cose", "new", link);
        assertThat(operators.keys("ada")).extracting(OperatorKeyRow::credential).containsExactly("a3");
        assertThat(operators.find("ada", People.hash("a1"))).isEmpty();
        assertThat(operators.key("a1")).isEmpty();
    }

    /// What was done under a name stays that person's (I4, for people).
    @Test
    void aNameIsNeverGivenTwice() {
        takeIn(ADA, "a1");
        takeIn(BOB, "b1");
        assertThatThrownBy(() -> operators.create(BOB, "operator")).isInstanceOf(Refused.class);
        operators.remove("bob", "operator");
        assertThat(operators.find("bob")).isEmpty();
        assertThat(operators.all()).extracting(known -> known.operator().name()).containsExactly("ada");
        assertThatThrownBy(() -> operators.create(BOB, "operator")).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> operators.put(BOB, "operator")).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> operators.create(new Operator("alerts", Rank.SEE, Set.of()), "operator"))
                .isInstanceOf(Refused.class);
    }

    @Test
    void aLinkIsNotForSomebodyElse() {
        operators.put(ADA, "operator");
        operators.put(BOB, "operator");
        String link = operators.invite("bob", "operator").link();
        assertThatThrownBy(() -> operators.addKey("ada", "a1", "cose", "blue", link))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.problem()).isEqualTo(Problem.NOT_FOUND));
    }

    @Test
    void aKeyIsOnePersonsAlone() {
        takeIn(ADA, "a1");
        operators.put(BOB, "operator");
        assertThatThrownBy(() -> operators.addKey("bob", "a1", "cose", "blue", null))
                .isInstanceOf(Refused.class);
        assertThat(operators.key("a1"))
                .get()
                .extracting(OperatorKeyRow::operator)
                .isEqualTo("ada");
    }

    @Test
    void nobodyHasMoreKeysThanAnybodyMay() {
        takeIn(ADA, "1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
        assertThatThrownBy(() -> operators.addKey("ada", "11", "cose", "blue", null))
                .isInstanceOf(Refused.class);
    }

    @Test
    void theLastKeyStays() {
        takeIn(BOB, "b1", "b2");
        operators.removeKey("bob", People.hash("b1"), "operator:bob");
        assertThatThrownBy(() -> operators.removeKey("bob", People.hash("b2"), "operator:bob"))
                .isInstanceOf(Refused.class);
        assertThat(operators.key("b1")).isEmpty();
        assertThat(operators.find("bob", People.hash("b1"))).isEmpty();
        assertThat(operators.find("bob", People.hash("b2"))).contains(BOB);
    }

    @Test
    void theOnlyAdministratorOfAllBrandsIsNeitherRemovedNorLowered() {
        takeIn(ADA, "a1");
        operators.put(new Operator("carl", Rank.ADMINISTER, Set.of(new Brand("opel"))), "operator");
        operators.addKey("carl", "c1", "cose", "blue", null);
        assertThatThrownBy(() -> operators.remove("ada", "operator")).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> operators.put(new Operator("ada", Rank.SEE, Set.of()), "operator"))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() ->
                        operators.put(new Operator("ada", Rank.ADMINISTER, Set.of(new Brand("opel"))), "operator"))
                .isInstanceOf(Refused.class);
        takeIn(new Operator("dora", Rank.ADMINISTER, Set.of()), "d1");
        operators.remove("ada", "operator:dora");
        assertThat(operators.find("ada")).isEmpty();
    }

    @Test
    void whoIsRemovedHasNoKeyAndNoLinkAnyMore() {
        takeIn(BOB, "b1");
        String link = operators.invite("bob", "operator").link();
        operators.remove("bob", "operator");
        assertThat(operators.key("b1")).isEmpty();
        assertThat(operators.keys("bob")).isEmpty();
        assertThat(operators.invited(link)).isEmpty();
    }

    @Test
    void nobodyDecidesAboutWhomHeDoesNotSee() {
        Operator carl = new Operator("carl", Rank.ADMINISTER, Set.of(new Brand("opel")));
        assertThat(carl.seesWhat(BOB)).isTrue();
        assertThat(carl.seesWhat(ADA)).isFalse();
        assertThat(carl.seesWhat(new Operator("x", Rank.SEE, Set.of(new Brand("opel"), new Brand("fiat")))))
                .isFalse();
        assertThat(ADA.seesWhat(carl)).isTrue();
    }
}
