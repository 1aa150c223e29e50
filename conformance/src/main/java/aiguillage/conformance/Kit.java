package aiguillage.conformance;

import aiguillage.conformance.driver.DealerDriver;
import aiguillage.conformance.driver.Door;
import aiguillage.conformance.driver.Words;
import aiguillage.conformance.situation.Need;
import aiguillage.conformance.situation.Scene;
import aiguillage.conformance.situation.Situation;
import aiguillage.conformance.situation.Stage;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Plays situations on a stage, one after the other. For one thread.
public final class Kit {

    private static final Words SKIPPED = new Words("l'éditeur l'a sautée", "the editor skipped it");

    private static final Words NOTHING_CAME = new Words(
            "faites faire à votre système ce qui est demandé, à l'adresse indiquée ; `--patience` donne plus de temps,"
                    + " et `s` saute la situation",
            "have your system do what is asked, at the address shown; `--patience` gives more time, and `s` skips the"
                    + " situation");

    private static final Words BY_WORD = new Words(
            "l'éditeur a dit que son système a montré un refus ; le hub ne l'a pas vu lui-même",
            "the editor said that his system has shown a refusal; the hub itself has not seen it");

    private final Stage stage;
    private final Locale language;
    private final String run;
    private final Judge judge;
    private int played;

    /// By what it is judged.
    public enum Judge {
        /// By what is seen at the line and in the journal.
        LINE_AND_JOURNAL,
        /// By the journal alone: the line is between a hub and somebody else's system.
        JOURNAL
    }

    /// @param run a word that no earlier run at this hub had: it is in every id
    public Kit(Stage stage, Locale language, String run) {
        this(stage, language, run, Judge.LINE_AND_JOURNAL);
    }

    public Kit(Stage stage, Locale language, String run, Judge judge) {
        this.stage = stage;
        this.language = language;
        this.run = run;
        this.judge = judge;
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
            return unplayed(situation, door, Verdict.NOT_RUN, demanded, closed(door));
        }
        Optional<Need> missing = stage.missing(situation);
        if (missing.isPresent()) {
            return unplayed(situation, door, Verdict.NOT_RUN, demanded, need(missing.get()));
        }
        long from = System.nanoTime();
        String whole;
        try {
            whole = seen(situation, door);
        } catch (DealerDriver.Skipped e) {
            return unplayed(situation, door, Verdict.NOT_RUN, demanded, SKIPPED.in(language));
        } catch (Scene.Absent e) {
            return unplayed(situation, door, Verdict.NOT_RUN, demanded, need(Need.COUNTERPART));
        } catch (DealerDriver.NothingCame e) {
            return new Result(
                    situation,
                    door.name(),
                    Verdict.FAILED,
                    demanded,
                    String.valueOf(e.getMessage()),
                    NOTHING_CAME.in(language),
                    Duration.ofNanos(System.nanoTime() - from));
        }
        String seen = new Foreign(judged(whole)).text();
        boolean isRight = seen.equals(demanded);
        String note = whole.contains("as-the-editor-says") ? BY_WORD.in(language) : why;
        return new Result(
                situation,
                door.name(),
                isRight ? Verdict.PASSED : Verdict.FAILED,
                demanded,
                seen,
                isRight ? note : situation.mend(language),
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
        } catch (DealerDriver.Skipped | DealerDriver.NothingCame | Scene.Absent e) {
            throw e;
        } catch (DealerDriver.Unintelligible | DealerDriver.NotLetIn e) {
            return "broke: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "broke: interrupted";
        } catch (Exception e) { // a player that does not play by the protocol, or a stage that broke
            return "broke: " + e;
        }
    }

    /// Without a journal to look into, what is seen at the line alone.
    private String demanded(String whole) {
        return stage.journals() == null ? whole.substring(0, whole.indexOf(Situation.JOURNAL)) : judged(whole);
    }

    private String judged(String whole) {
        int at = whole.indexOf(Situation.JOURNAL);
        return judge == Judge.JOURNAL && at >= 0 ? whole.substring(at + Situation.JOURNAL.length()) : whole;
    }

    private String closed(Door door) {
        return new Words(
                        "cette porte n'est pas ouverte ici, ou rien de " + door.player() + " n'est là",
                        "the door is not open here, or nothing of " + door.player() + " is at hand")
                .in(language);
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
