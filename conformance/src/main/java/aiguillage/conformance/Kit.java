package aiguillage.conformance;

import aiguillage.conformance.driver.Door;
import aiguillage.conformance.driver.Words;
import aiguillage.conformance.ground.Journal;
import aiguillage.conformance.situation.Need;
import aiguillage.conformance.situation.Scene;
import aiguillage.conformance.situation.Situation;
import aiguillage.conformance.situation.Stage;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Plays situations on a stage, one after the other. For one thread.
public final class Kit {

    private final Stage stage;
    private final Locale language;
    private final String run;
    private int played;

    /// @param run a word that no earlier run at this hub had: it is in every id
    public Kit(Stage stage, Locale language, String run) {
        this.stage = stage;
        this.language = language;
        this.run = run;
    }

    /// Plays a situation through a door.
    public Result play(Situation situation, Door door) {
        Door.Otherwise other = door.otherwise().get(situation.id());
        String demanded = demanded(other == null ? situation.demanded() : other.demanded());
        String why = other == null ? "" : other.why().in(language);
        Words not = door.inexpressible().get(situation.id());
        if (not != null) {
            return unplayed(situation, door, Verdict.INEXPRESSIBLE, demanded, not.in(language));
        }
        if (!stage.isOpen(door)) {
            return unplayed(situation, door, Verdict.NOT_RUN, demanded, "the door is not open");
        }
        Optional<Need> missing = stage.missing(situation);
        if (missing.isPresent()) {
            return unplayed(situation, door, Verdict.NOT_RUN, demanded, need(missing.get()));
        }
        long from = System.nanoTime();
        String seen = seen(situation, door);
        boolean isRight = seen.equals(demanded);
        return new Result(
                situation,
                door.name(),
                isRight ? Verdict.PASSED : Verdict.FAILED,
                demanded,
                seen,
                isRight ? why : situation.mend(language),
                Duration.ofNanos(System.nanoTime() - from));
    }

    private String seen(Situation situation, Door door) {
        try (var scene = new Scene(stage, door, run + "-" + ++played)) {
            try {
                situation.script().play(scene);
                return scene.outcome();
            } finally {
                scene.tidy();
            }
        } catch (Exception e) { // a player that does not play by the protocol, or a stage that broke
            return "broke: " + e;
        }
    }

    /// Without a journal to look into, what is seen at the line alone.
    private String demanded(String whole) {
        Journal journal = stage.journal();
        return journal == null ? whole.substring(0, whole.indexOf(Situation.JOURNAL)) : whole;
    }

    private String need(Need need) {
        Words words = switch (need) {
            case COUNTERPART ->
                new Words(
                        "il faut un autre participant de la table (--identities)",
                        "it needs another party of the table (--identities)");
            case OPERATOR ->
                new Words(
                        "il faut un hub que le kit puisse arrêter et régler (--self)",
                        "it needs a hub that the kit may stop and set (--self)");
        };
        return words.in(language);
    }

    private static Result unplayed(Situation situation, Door door, Verdict verdict, String demanded, String why) {
        return new Result(situation, door.name(), verdict, demanded, "", why, Duration.ZERO);
    }
}
