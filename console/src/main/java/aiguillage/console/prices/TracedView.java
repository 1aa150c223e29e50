package aiguillage.console.prices;

import aiguillage.dataset.mark.Suspect;

/// One party, as far as an excerpt points to it.
///
/// @param percent of the excerpt that, by the best explanation, came from its copy; roughly
/// @param oneIn the chance that anybody innocent looks like this is at most one in so many; 1: nothing
///     points to it
public record TracedView(String party, boolean isAccused, long percent, long oneIn) {

    private static final double LARGEST = 1e15;

    static TracedView of(Suspect suspect) {
        return new TracedView(suspect.recipient(), suspect.accused(), Math.round(suspect.share() * 100), (long)
                Math.min(LARGEST, Math.floor(1 / suspect.innocentMax())));
    }
}
