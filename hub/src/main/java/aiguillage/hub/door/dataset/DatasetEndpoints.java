package aiguillage.hub.door.dataset;

import static aiguillage.hub.door.call.Operation.ANY;
import static aiguillage.hub.door.call.Operation.JSON;
import static aiguillage.hub.door.call.Operation.TEXT;

import aiguillage.hub.document.Viewer;
import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.Endpoint;
import aiguillage.hub.door.call.Operation;
import aiguillage.hub.door.call.Query;
import aiguillage.hub.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The addresses of datasets: for parties that read or publish them, and for the operator.
public final class DatasetEndpoints {

    private static final String PARTIES = "/v1/datasets";
    private static final String OPERATOR = "/operator/datasets";
    private static final String DATASET = "/{brand}/{dataset}";
    private static final String VERSION = "/versions/{version}";

    private final ReplicaDoor replicas;
    private final PublicationDoor publications;

    public DatasetEndpoints(ReplicaDoor replicas, PublicationDoor publications) {
        this.replicas = replicas;
        this.publications = publications;
    }

    /// For parties.
    public List<Endpoint> parties() {
        var list = new ArrayList<>(reading());
        Function<Call, Viewer> party = call -> new Viewer.Party(call.party());
        list.add(publish(Operation.Access.PARTY, PARTIES).waits(call -> publications.publish(call, party.apply(call))));
        list.addAll(publishing(Operation.Access.PARTY, PARTIES, party));
        return list;
    }

    /// For the operator.
    public List<Endpoint> operator() {
        var list = new ArrayList<>(publishing(Operation.Access.OPERATOR, OPERATOR, call -> new Viewer.Operator()));
        list.add(Operation.of(
                        Operation.Access.OPERATOR, "GET", OPERATOR + DATASET + "/reading", "Who read how much today.")
                .gives(200, JSON, "Reading", "By party, the unusual first.")
                .refuses(Problem.NOT_FOUND)
                .waits(publications::reading));
        list.add(Operation.of(
                        Operation.Access.OPERATOR,
                        "GET",
                        OPERATOR + DATASET + "/rollout",
                        "How far the version that holds has come.")
                .gives(200, JSON, "Rollout", "Each reader, with what the hub heard of it since its start.")
                .refuses(Problem.NOT_FOUND, Problem.DATASET_UNUSABLE)
                .waits(publications::rollout));
        list.add(Operation.of(
                        Operation.Access.OPERATOR,
                        "GET",
                        OPERATOR + DATASET + VERSION + "/differences",
                        "How a version differs from an earlier one.")
                .asks(Query.FROM_VERSION, Query.COLUMN)
                .gives(200, JSON, "Difference", "The largest movements first; at most 1,000 of each list.")
                .refuses(Problem.NOT_FOUND, Problem.TOO_MANY_REQUESTS, Problem.DATASET_UNUSABLE)
                .waits(publications::differences));
        list.add(Operation.of(
                        Operation.Access.OPERATOR,
                        "POST",
                        OPERATOR + DATASET + "/trace",
                        "Whose copies an excerpt was made from.")
                .asks(Query.VERSION)
                .takes(ANY, null)
                .gives(200, JSON, "Traced", "The suspects, with the bound of a false accusation.")
                .refuses(Problem.NOT_FOUND)
                .waits(publications::trace));
        return list;
    }

    private static Operation get(String path, String summary) {
        return Operation.of(Operation.Access.PARTY, "GET", PARTIES + path, summary);
    }

    private List<Endpoint> reading() {
        return List.of(
                get("", "The datasets that you read.")
                        .gives(200, JSON, "Datasets", "Each with its columns and where it stands.")
                        .waits(replicas::list),
                get(DATASET + "/versions", "What brings a replica to where the dataset stands.")
                        .asks(Query.AFTER_VERSION, Query.SCOPE)
                        .gives(200, JSON, "Offers", "Signed statements in order; small layers with them.")
                        .refuses(Problem.NOT_FOUND, Problem.JOURNAL_BUSY, Problem.DATASET_UNUSABLE)
                        .waits(replicas::offers),
                get(DATASET + VERSION + "/layer", "The changes a version makes to your rows, whole or a range.")
                        .asks(Query.FROM_VERSION)
                        .headed("Range")
                        .gives(200, ANY, null, "The whole.", "Accept-Ranges")
                        .gives(206, ANY, null, "The range asked for.", "Content-Range", "Accept-Ranges")
                        .refuses(
                                Problem.NOT_FOUND,
                                Problem.RANGE_NOT_SATISFIABLE,
                                Problem.JOURNAL_BUSY,
                                Problem.DATASET_UNUSABLE)
                        .waits(replicas::layer),
                Operation.of(
                                Operation.Access.PARTY,
                                "POST",
                                PARTIES + DATASET + "/lookups",
                                "What holds for some keys, without a replica.")
                        .takes(JSON, "LookupWish")
                        .gives(200, JSON, "Looked", "In the order of the keys.")
                        .refuses(Problem.NOT_FOUND, Problem.DATASET_UNUSABLE)
                        .waits(replicas::lookUp),
                get(DATASET + VERSION + "/seal", "The key of a sealed version, once it holds.")
                        .asks(Query.FROM_VERSION)
                        .gives(200, JSON, "Seal", "It opens your layer of the version.")
                        .refuses(Problem.NOT_FOUND, Problem.STILL_SEALED)
                        .waits(replicas::seal),
                get(DATASET + VERSION + "/buckets", "The hashes of your rows, by bucket.")
                        .gives(200, ANY, null, "256 set hashes of 2,048 bytes, one behind the other.")
                        .refuses(
                                Problem.NOT_FOUND, Problem.STILL_SEALED, Problem.JOURNAL_BUSY, Problem.DATASET_UNUSABLE)
                        .waits(replicas::buckets),
                get(DATASET + VERSION + "/buckets/{bucket}", "Your rows of one bucket.")
                        .gives(200, ANY, null, "A layer with all of them.")
                        .refuses(
                                Problem.NOT_FOUND, Problem.STILL_SEALED, Problem.JOURNAL_BUSY, Problem.DATASET_UNUSABLE)
                        .waits(replicas::bucket));
    }

    private static Operation publish(Operation.Access access, String root) {
        return published(Operation.of(access, "POST", root + DATASET + "/versions", "Publish a list.")
                .asks(Query.DELTA, Query.EFFECTIVE, Query.SEALED)
                .takes(ANY, null));
    }

    private static Operation published(Operation operation) {
        return operation
                .gives(201, JSON, "Published", "It is the next version.")
                .gives(202, JSON, "HeldNow", "It is unusual, and waits for a second person.")
                .gives(200, JSON, "Unchanged", "All rows are as they were: there is no new version.")
                .refuses(
                        Problem.NOT_FOUND,
                        Problem.VERSION_OVERTAKEN,
                        Problem.PUBLICATION_REFUSED,
                        Problem.SECOND_PERSON_NEEDED,
                        Problem.JOURNAL_BUSY,
                        Problem.DATASET_UNUSABLE,
                        Problem.DISK_FULL);
    }

    private List<Endpoint> publishing(Operation.Access access, String root, Function<Call, Viewer> who) {
        return List.of(
                Operation.of(access, "GET", root + DATASET + "/history", "All versions.")
                        .gives(200, JSON, "Versions", "Withdrawn ones too, oldest first.")
                        .refuses(Problem.NOT_FOUND)
                        .waits(call -> publications.history(call, who.apply(call))),
                published(Operation.of(
                                        access,
                                        "POST",
                                        root + DATASET + VERSION + "/restoration",
                                        "Publish an earlier version again.")
                                .asks(Query.EFFECTIVE, Query.SEALED))
                        .waits(call -> publications.restore(call, who.apply(call))),
                decided(access, root + DATASET + VERSION + "/withdrawal", "Take back what does not hold yet.")
                        .waits(call -> publications.withdraw(call, who.apply(call))),
                Operation.of(access, "GET", root + DATASET + "/held", "What waits for a second person.")
                        .gives(200, JSON, "Held", "Oldest first.")
                        .refuses(Problem.NOT_FOUND)
                        .waits(call -> publications.held(call, who.apply(call))),
                published(Operation.of(
                                access,
                                "POST",
                                root + DATASET + "/held/{position}/release",
                                "Make a version of what was held."))
                        .waits(call -> publications.decide(call, who.apply(call), true)),
                decided(access, root + DATASET + "/held/{position}/discard", "Throw away what was held.")
                        .waits(call -> publications.decide(call, who.apply(call), false)),
                Operation.of(
                                access,
                                "GET",
                                root + DATASET + "/reports/{report}",
                                "Why a publication was held or refused.")
                        .gives(200, TEXT, "Text", "For people; without the text of any cell.")
                        .refuses(Problem.NOT_FOUND)
                        .waits(call -> publications.report(call, who.apply(call))),
                Operation.of(access, "GET", root + DATASET + "/reports/{report}/lines", "Its offending lines.")
                        .gives(200, "text/tab-separated-values", "Text", "A line each, with what is wrong with it.")
                        .refuses(Problem.NOT_FOUND)
                        .waits(call -> publications.lines(call, who.apply(call))));
    }

    private static Operation decided(Operation.Access access, String pattern, String summary) {
        return Operation.of(access, "POST", pattern, summary)
                .gives(200, JSON, "Recorded", "It is decided.")
                .refuses(Problem.NOT_FOUND, Problem.VERSION_OVERTAKEN, Problem.JOURNAL_BUSY, Problem.DATASET_UNUSABLE);
    }
}
