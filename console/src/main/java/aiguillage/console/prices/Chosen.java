package aiguillage.console.prices;

import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import aiguillage.hub.dataset.Versions;
import aiguillage.hub.document.Viewer;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Dataset;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Position;

/// The dataset that an address names, and who asks for it.
///
/// @param who as entries name this person
record Chosen(DatasetName name, Dataset dataset, Viewer.Operator who) {

    /// The dataset of an address that begins with brand and name.
    ///
    /// @throws Refused when there is none, or it is of a brand that whoever asks does not see (I4): nobody
    ///     learns which
    static Chosen of(Inside hub, Visit visit) {
        try {
            DatasetName name = DatasetName.of(visit.variable(0) + "/" + visit.variable(1));
            return hub.parts()
                    .flows()
                    .table()
                    .dataset(name)
                    .filter(_ -> visit.operator().sees(name.brand()))
                    .map(dataset -> new Chosen(
                            name, dataset, new Viewer.Operator(visit.operator().by())))
                    .orElseThrow(() -> nothing(visit));
        } catch (IllegalArgumentException e) {
            throw nothing(visit);
        }
    }

    static Refused nothing(Visit visit) {
        return visit.words().refused(Problem.NOT_FOUND, "prices.nothing");
    }

    /// A number in an address.
    static long number(Visit visit, String text) {
        if (!text.matches("[1-9][0-9]{0,17}")) {
            throw nothing(visit);
        }
        return Long.parseLong(text);
    }

    static Position position(Visit visit) {
        return new Position(number(visit, visit.variable(2)));
    }

    /// Where its pages are.
    String path() {
        return "/prices/" + name;
    }

    /// A version of it, whether it stands or not.
    Versions.Past version(Inside hub, Visit visit, long number) {
        return hub.publishers().history(name, who, number + 1, 1).stream()
                .filter(past -> past.entry().number() == number)
                .findFirst()
                .orElseThrow(() -> nothing(visit));
    }

    /// What is held at a position.
    Versions.Held held(Inside hub, Visit visit, Position at) {
        return hub.publishers().held(name, who).stream()
                .filter(held -> held.position().equals(at))
                .findFirst()
                .orElseThrow(() -> nothing(visit));
    }

    /// Rows that nobody may read yet are for administrators alone.
    void requireOpen(Visit visit, boolean isClosed) {
        if (isClosed && !visit.operator().rank().includes(Rank.ADMINISTER)) {
            throw visit.words().refused(Problem.NOT_AUTHORISED, "prices.closed");
        }
    }
}
