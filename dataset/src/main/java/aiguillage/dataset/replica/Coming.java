package aiguillage.dataset.replica;

import aiguillage.dataset.layer.DamagedLayer;
import aiguillage.dataset.layer.Layer;
import aiguillage.dataset.layer.Seal;
import aiguillage.dataset.replica.Records.Base;
import aiguillage.dataset.replica.Standing.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How versions come to a replica and go again before they are folded. Each is a short step: what is durable
/// first, then the new standing.
final class Coming {

    private static final String SEALED = "it is still sealed, and its key has not come";

    private final RowStore store;
    private final LayerFiles layers;
    private final Records records;

    Coming(RowStore store, LayerFiles layers) {
        this.store = store;
        this.layers = layers;
        this.records = new Records(store);
    }

    /// As a crash or a stop left it.
    Standing standing() throws IOException {
        Base base = records.base();
        List<Step> steps = new ArrayList<>();
        int folded = 0;
        for (Records.Kept kept : records.versions()) {
            if (kept.place() <= base.place()) {
                steps.add(new Step(kept.place(), kept.version(), null, null));
                folded++;
            } else {
                steps.add(opened(kept.place(), kept.version(), kept.seal()));
            }
        }
        var standing = new Standing(steps, folded, records.isFolding(), base.exact(), base.repaired());
        if (standing.base() != base.place()) {
            throw new IOException("The replica's rows are those of a version that it does not know. Remove its folder:"
                    + " it begins anew with a whole list.");
        }
        keepStacked(standing);
        return standing;
    }

    /// A layer that cannot be opened is no reason not to start: the versions below it can be read.
    private Step opened(long place, Version version, @Nullable Seal seal) {
        Path file = layers.file(version.layer());
        try {
            return seal == null && Layer.isSealed(file)
                    ? new Step(place, version, null, SEALED)
                    : step(place, version, Layer.open(file, seal));
        } catch (IOException e) {
            return new Step(place, version, null, unreadable(e));
        }
    }

    /// One that was sealed says in its layer alone what its rows are.
    private static Step step(long place, Version version, Layer layer) throws DamagedLayer {
        if (version.root() != null) {
            return new Step(place, version, layer, null);
        }
        Layer.Total total = layer.total();
        if (total == null) {
            throw new DamagedLayer("neither it nor what was signed of its version says what its rows add up to");
        }
        return new Step(place, version.with(total), layer, null);
    }

    static String unreadable(IOException e) {
        return "its layer is damaged or gone, and must come once more: " + e.getMessage();
    }

    private void keepStacked(Standing standing) throws IOException {
        layers.keepOnly(
                standing.stacked().stream().map(step -> step.version().layer()).toList());
    }

    /// @param isLookedThrough whether [#requireWhole] has passed
    Standing adopt(Standing before, Version version, Path layer, boolean isLookedThrough) throws IOException {
        Step known = before.known(version);
        if (known != null) {
            return adoptAgain(before, known, layer);
        }
        Step newest = before.newest();
        requireNext(version, newest);
        if (before.stacked().size() >= Replica.STACKED_MAX) {
            throw new IllegalStateException(Replica.STACKED_MAX + " versions wait to be folded, from version "
                    + before.stacked().getFirst().version().number() + " on: fold them, or wait until they hold");
        }
        if (!isLookedThrough) {
            requireWhole(version, layer);
        }
        requireReplacing(version, newest, layer);
        layers.take(layer, version.layer());
        long place = newest == null ? 1 : newest.place() + 1;
        Step step = opened(place, version, null);
        store.write(List.of(records.version(place, step.version())), true);
        return before.added(step);
    }

    private Standing adoptAgain(Standing before, Step step, Path layer) throws IOException {
        if (!before.stacked().contains(step) || layers.has(step.version().layer())) {
            Files.delete(layer);
            return before;
        }
        LayerFiles.require(layer, step.version().layer());
        layers.take(layer, step.version().layer());
        return before.with(opened(step.place(), step.version(), records.seal(step.place())));
    }

    private static void requireNext(Version version, @Nullable Step newest) {
        long number = newest == null ? 0 : newest.version().number();
        if ((version.from() != number && version.from() != 0) || version.number() < number) {
            throw new IllegalArgumentException("version " + version.number() + " was made for version " + version.from()
                    + ", and the newest here is " + number);
        }
        if (newest != null && version.effective().isBefore(newest.version().effective())) {
            throw new IllegalArgumentException(
                    "version " + version.number() + " holds from " + version.effective() + " on, earlier than version "
                            + number + " before it: " + newest.version().effective());
        }
    }

    /// Looks through a layer that comes, before anybody relies on it; a sealed one can only be the one that was
    /// named.
    static void requireWhole(Version version, Path file) throws IOException {
        LayerFiles.require(file, version.layer());
        if (!Layer.isSealed(file)) {
            try (Layer layer = Layer.open(file, null)) {
                layer.check();
            }
        }
    }

    private static void requireReplacing(Version version, @Nullable Step before, Path file) throws IOException {
        if (!Layer.isSealed(file)) {
            try (Layer layer = Layer.open(file, null)) {
                requireReplacing(version, before, layer);
            }
        }
    }

    private static void requireReplacing(Version version, @Nullable Step before, Layer layer) throws DamagedLayer {
        boolean must = before != null
                && (version.from() == 0
                        || !version.scope().equals(before.version().scope()));
        if (must && !layer.replaces()) {
            throw new DamagedLayer(
                    "it was made for no version, or for rows of another scope, and does not replace all");
        }
    }

    /// @return null when no such version is here
    /// @throws DamagedLayer when there are such, none is open, and none opens with the key
    @Nullable
    Standing unseal(Standing before, long number, Seal seal) throws IOException {
        Standing open = null;
        DamagedLayer closed = null;
        for (int i = 0; i < before.steps().size(); i++) {
            Step step = before.steps().get(i);
            if (step.version().number() != number) {
                continue;
            }
            if (!SEALED.equals(step.unreadable())) {
                open = before;
                continue;
            }
            try {
                Layer layer = Layer.open(layers.file(step.version().layer()), seal);
                requireReplacing(step.version(), i == 0 ? null : before.steps().get(i - 1), layer);
                Step opened = step(step.place(), step.version(), layer);
                store.write(
                        List.of(Records.seal(step.place(), seal), records.version(step.place(), opened.version())),
                        true);
                return before.with(opened);
            } catch (DamagedLayer e) {
                closed = e;
            }
        }
        if (open == null && closed != null) {
            throw closed;
        }
        return open;
    }

    Standing withdraw(Standing before, long number) throws IOException {
        int first = 0;
        while (first < before.steps().size()
                && before.steps().get(first).version().number() < number) {
            first++;
        }
        List<Step> gone = before.steps().subList(first, before.steps().size());
        if (gone.isEmpty()) {
            return before;
        }
        if (first < before.folded() + (before.folding() ? 1 : 0)) {
            throw new IllegalStateException(
                    "version " + gone.getFirst().version().number() + " held already and is"
                            + " folded into the rows: adopt a whole list instead");
        }
        store.write(Records.without(gone), true);
        return before.until(first);
    }

    /// Lets go of the layers that a standing has no more.
    void leave(Standing before, Standing after) throws IOException {
        for (Step step : before.stacked()) {
            Layer layer = step.layer();
            if (layer != null && !after.stacked().contains(step)) {
                layer.close();
            }
        }
        keepStacked(after);
    }
}
