package aiguillage.app.demo;

import aiguillage.app.terminal.TextTable;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What was counted of the claims, all of it in the parties' folders.
///
/// @param asked claims that the dealers' systems were to write
/// @param sent claims that dealers' systems wrote and that lie in their `done` folders with a receipt
/// @param received different claims that lie in the centre's folders
/// @param answered different answers that lie in the dealers' `in` folders
/// @param lost claims written by the dealers' systems to which no answer came
/// @param duplicated files that say the same as another one, at the centre or at the dealers
/// @param docsPerSecond claims and answers with a receipt, from the first claim's file to the last answer's
/// @param p50Millis from the claim's file in the dealer's `out` to the answer's in the same dealer's `in`
/// @param receipts how many receipts there are, and how many of them were verified offline
public record ClaimFigures(
        int asked,
        int sent,
        int received,
        int answered,
        int lost,
        int duplicated,
        double docsPerSecond,
        long p50Millis,
        long p99Millis,
        Receipts receipts,
        Outcomes outcomes,
        int hubKills) {

    /// @param verified with the hub's public key and nothing else
    public record Receipts(int found, int verified) {
        boolean allVerified() {
            return found > 0 && found == verified;
        }
    }

    /// Read from the answers.
    public record Outcomes(int approved, int reduced, int rejected) {}

    /// Whether everything was sent, nothing is missing, nothing is twice, and everything is proven.
    public boolean isGood() {
        return sent == asked
                && lost == 0
                && duplicated == 0
                && sent == received
                && received == answered
                && receipts.allVerified();
    }

    ObjectNode json() {
        return JsonMapper.shared()
                .createObjectNode()
                .put("sent", sent)
                .put("received", received)
                .put("answered", answered)
                .put("lost", lost)
                .put("duplicated", duplicated)
                .put("docs_per_s", Math.round(docsPerSecond * 10) / 10.0)
                .put("p50_ms", p50Millis)
                .put("p99_ms", p99Millis)
                .put("receipt_verified", receipts.allVerified())
                .put("hub_kills", hubKills);
    }

    void rows(TextTable table) {
        table.row("sent", sent, "of " + asked + ", in done folders, each with its receipt")
                .row("received", received, "the centre's folders")
                .row("answered", answered, "dealers' in folders")
                .row("", outcomes.approved, "approved")
                .row("", outcomes.reduced, "reduced")
                .row("", outcomes.rejected, "rejected")
                .row("lost", lost, "claims without an answer")
                .row("duplicated", duplicated, "the same twice, anywhere")
                .row("hub killed", hubKills, "SIGKILL in the middle, then restarted")
                .row("docs/s", String.format(Locale.ROOT, "%.1f", docsPerSecond), "claims and answers, kill included")
                .row("p50", p50Millis + " ms", "from the claim in the dealer's out folder")
                .row("p99", p99Millis + " ms", "to its answer in the dealer's in folder")
                .row("receipts", receipts.verified, "of " + receipts.found + " verified offline");
    }
}
