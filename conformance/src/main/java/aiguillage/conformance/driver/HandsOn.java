package aiguillage.conformance.driver;

import java.util.Map;

/// A door in front of another: only its sessions are its own, all else is asked of the one behind it.
public interface HandsOn extends Door {

    /// The one behind it.
    Door door();

    @Override
    default String name() {
        return door().name();
    }

    @Override
    default String player() {
        return door().player();
    }

    @Override
    default byte[] written(Offer offer) {
        return door().written(offer);
    }

    @Override
    default int bytesOnTheLine(Offer offer) {
        return door().bytesOnTheLine(offer);
    }

    @Override
    default boolean isOpenAt(Place place) {
        return door().isOpenAt(place);
    }

    @Override
    default Map<String, Words> inexpressible() {
        return door().inexpressible();
    }

    @Override
    default Map<String, Otherwise> otherwise() {
        return door().otherwise();
    }
}
