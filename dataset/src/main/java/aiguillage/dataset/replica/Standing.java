package aiguillage.dataset.replica;

import aiguillage.dataset.layer.Layer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a replica stands, unchanging: what a lookup begins with, and compares with at its end.
///
/// @param steps all versions that it has, in the order in which they came
/// @param folded how many of them are in the store; the rows there are those of the last of these, the *base*
/// @param folding whether the first step behind them is being folded, so that some rows are those of the base
///     no more
/// @param exact whether the rows of the base are those of its root, as far as it is known
/// @param repaired the place of a step whose rows were repaired, so that who read them before may have others;
///     0: none
record Standing(List<Step> steps, int folded, boolean folding, boolean exact, long repaired) {

    static final Standing NOTHING = new Standing(List.of(), 0, false, true, 0);

    Standing {
        steps = List.copyOf(steps);
    }

    /// A version here.
    ///
    /// @param place counted from 1 in this replica: a version's number may come twice, when its reader's scope
    ///     changes
    /// @param layer null when it is folded, or cannot be read
    /// @param unreadable why it cannot be read, or null
    record Step(
            long place,
            Version version,
            @Nullable Layer layer,
            @Nullable String unreadable) {}

    /// The index of the version that holds at this instant, or -1.
    int at(Instant instant) {
        int at = steps.size() - 1;
        while (at >= 0 && instant.isBefore(steps.get(at).version().effective())) {
            at--;
        }
        return at;
    }

    /// The index of a step that stood once, or -1.
    int index(Step step) {
        for (int i = 0; i < steps.size(); i++) {
            Step one = steps.get(i);
            if (one.place() == step.place() && one.version().equals(step.version())) {
                return i;
            }
        }
        return -1;
    }

    /// This version, when it is here, or null. What replaces all and comes again behind other rows of the same number
    /// does not count as here: a reader whose scope went and came back needs its rows anew.
    @Nullable
    Step known(Version version) {
        Step newest = newest();
        boolean isAnew = newest != null
                && version.from() == 0
                && version.number() == newest.version().number()
                && !version.equals(newest.version());
        for (Step step : isAnew ? List.<Step>of() : steps.reversed()) {
            if (step.version().equals(version)) {
                return step;
            }
        }
        return null;
    }

    /// The base's place, or 0 when nothing is folded yet.
    long base() {
        return folded == 0 ? 0 : steps.get(folded - 1).place();
    }

    @Nullable
    Version baseVersion() {
        return folded == 0 ? null : steps.get(folded - 1).version();
    }

    @Nullable
    Step newest() {
        return steps.isEmpty() ? null : steps.getLast();
    }

    List<Step> stacked() {
        return steps.subList(folded, steps.size());
    }

    Standing added(Step step) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new Standing(more, folded, folding, exact, repaired);
    }

    /// With this step for the one at its place.
    Standing with(Step step) {
        List<Step> others = new ArrayList<>(steps);
        others.replaceAll(one -> one.place() == step.place() ? step : one);
        return new Standing(others, folded, folding, exact, repaired);
    }

    Standing foldingOne() {
        return new Standing(steps, folded, true, exact, repaired);
    }

    /// The first step behind the base is the base now.
    Standing foldedOne(boolean exact) {
        Step base = steps.get(folded);
        return new Standing(steps, folded + 1, false, exact, repaired)
                .with(new Step(base.place(), base.version(), null, null));
    }

    Standing exact(boolean exact) {
        return new Standing(steps, folded, folding, exact, repaired);
    }

    /// Its rows are wrong, and about to be put right.
    Standing beforeRepair() {
        return new Standing(steps, folded, folding, false, base());
    }

    /// Without those before this index.
    Standing since(int index) {
        return new Standing(steps.subList(index, steps.size()), folded - index, folding, exact, repaired);
    }

    /// Without those from this index on.
    Standing until(int index) {
        return new Standing(steps.subList(0, index), folded, folding, exact, repaired);
    }
}
