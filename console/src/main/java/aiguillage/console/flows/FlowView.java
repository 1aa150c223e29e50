package aiguillage.console.flows;

import java.time.Instant;
import java.util.List;

/// One flow, with its figures.
///
/// @param terms what holds for its documents
/// @param keys the search keys found in them
/// @param senders some of those who may send, and how many may
/// @param readers some of those who may read, and how many may
/// @param waiting deliveries that wait
/// @param quarantined deliveries that wait for a decision
/// @param fullest the mailboxes in which most waits, at most [#MAILBOXES_MAX]
/// @param latest its newest documents among the hub's newest entries
/// @param lookedAt so many entries were looked at for these
public record FlowView(
        FlowLine flow,
        List<Term> terms,
        List<Term> keys,
        Names senders,
        Names readers,
        long waiting,
        long quarantined,
        List<Mailbox> fullest,
        List<Latest> latest,
        int lookedAt) {

    static final int MAILBOXES_MAX = 20;

    /// @param name words' key, or what a search key is called
    public record Term(String name, String value) {}

    /// @param some of them
    public record Names(List<String> some, int inAll) {

        public Names {
            some = List.copyOf(some);
        }
    }

    public record Mailbox(String party, long waiting, long quarantined) {}

    public record Latest(long position, Instant time, String sender, String id) {}

    public FlowView {
        terms = List.copyOf(terms);
        keys = List.copyOf(keys);
        fullest = List.copyOf(fullest);
        latest = List.copyOf(latest);
    }
}
