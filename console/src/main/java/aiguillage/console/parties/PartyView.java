package aiguillage.console.parties;

import aiguillage.console.web.Level;
import aiguillage.console.web.Look;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The page of one party, as far as whoever looks sees its brands.
///
/// @param isYours whether whoever looks may shut it out and let it in: he looks after all of its brands
/// @param heard when it was last
/// @param flat the flows whose documents it is given as flat files, each with the format
/// @param doors by what else than its certificate it is known: keys of words behind `parties.by.`
/// @param codes that still let somebody in
/// @param refusals of its documents, the newest first
public record PartyView(
        String id,
        State state,
        boolean isYours,
        Heard heard,
        List<String> brands,
        List<String> roles,
        String country,
        String region,
        List<String> attributes,
        List<String> flat,
        List<String> doors,
        @Nullable Suspension suspension,
        List<Certificate> certificates,
        List<Code> codes,
        List<String> sends,
        List<String> reads,
        List<Waiting> waiting,
        List<Price> prices,
        List<Refusal> refusals) {

    private static final Set<String> FRENCH = Set.of("fr", "lu", "mc");

    /// The language in which its sheet is offered first: its country's, or the page's where it has none.
    public String language(Look look) {
        if (country.isEmpty()) {
            return look.words().locale().getLanguage();
        }
        return FRENCH.contains(country) ? "fr" : "en";
    }

    /// When and how the party was last heard.
    ///
    /// @param word the key of the word for it
    /// @param at null: it was not
    /// @param since nothing is known of before; null: it is
    /// @param door by which it came
    /// @param agent its program, as it calls itself
    /// @param lines streams and sessions that are open
    public record Heard(
            String word,
            Level level,
            @Nullable Instant at,
            @Nullable Instant since,
            String door,
            String agent,
            int lines) {}

    /// @param by who did it
    public record Suspension(Instant since, String reason, String by) {}

    /// A certificate that was not revoked.
    ///
    /// @param left until it ends; negative when it has
    public record Certificate(String serial, Instant until, Duration left, Level level) {

        /// The key of the word for it.
        public String word() {
            return "parties.certificate." + level.word();
        }
    }

    public record Code(Instant until, boolean isUsed) {}

    /// What stands in its mailbox of one flow.
    ///
    /// @param oldest since when the oldest is pending; null: none is
    public record Waiting(
            String flow,
            long pending,
            long quarantined,
            @Nullable Instant oldest,
            Duration age) {}

    /// What is known of its replica of one dataset.
    ///
    /// @param holding the number of the version that holds; 0: none
    /// @param has the version it said it has; empty: it said nothing since the hub's start
    /// @param word the key of the word for it
    /// @param heard when it said so, or null
    /// @param behindSince when the first version held that it lacks, or null
    public record Price(
            String dataset,
            long holding,
            String has,
            String word,
            Level level,
            @Nullable Instant heard,
            @Nullable Instant behindSince) {}

    /// A document of it that was refused.
    public record Refusal(Instant time, String document, String flow, String problem, String reason) {}

    public boolean isSuspended() {
        return suspension != null;
    }
}
