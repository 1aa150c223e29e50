package aiguillage.bench.doors;

import aiguillage.bench.figure.Series;
import aiguillage.bench.load.Order;
import aiguillage.bench.load.Round;
import aiguillage.bench.server.Child;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// A way to send documents, and its rounds.
///
/// @param isHub whether it ends in the hub's journal
/// @param each documents of one request
/// @param messages the file with what is sent, where it is made beforehand
record Way(
        String label,
        Child load,
        Child server,
        int port,
        Order.Kind kind,
        boolean isHub,
        int each,
        Messages messages,
        List<Round> measured) {

    /// Messages made beforehand.
    @FunctionalInterface
    interface Messages {

        /// The file with those for a round of so many milliseconds; empty when none are made.
        String file(long millis) throws IOException;
    }

    /// What comes by it goes into the hub.
    static Way hub(String label, Child load, Child hub, int port, Order.Kind kind) {
        return new Way(label, load, hub, port, kind, true, 1, _ -> "", new ArrayList<>());
    }

    static Way engine(String label, Child load, Child server, int port, Order.Kind kind) {
        return new Way(label, load, server, port, kind, false, 1, _ -> "", new ArrayList<>());
    }

    Way sending(Messages made) {
        return new Way(label, load, server, port, kind, isHub, each, made, measured);
    }

    Way ofEach(int documents) {
        return new Way(label, load, server, port, kind, isHub, documents, messages, measured);
    }

    double perSecond(Round round) {
        return round.perSecond() * each;
    }

    double serverMicros(Round round) {
        return round.serverMicros() / each;
    }

    Series series(ToDoubleFunction<Round> value) {
        var series = new Series();
        measured.forEach(round -> series.add(value.applyAsDouble(round)));
        return series;
    }
}
