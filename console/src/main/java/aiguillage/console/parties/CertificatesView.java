package aiguillage.console.parties;

import aiguillage.console.web.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// Whose certificate ends when.
///
/// @param days until they end that the page looks ahead
/// @param tomorrow who could not speak any more in 24 hours: the certificate that holds longest ends by then
/// @param weeks how many certificates end in each week to come
/// @param rows by their end, the first first; those that have ended before those to come
/// @param left how many more there are
public record CertificatesView(int days, List<Row> tomorrow, List<Week> weeks, List<Row> rows, int left) {

    /// A party's certificate that holds longest.
    public record Row(String party, String serial, Instant until, Duration left, Level level) {

        /// The key of the word for it.
        public String word() {
            return "parties.certificate." + level.word();
        }
    }

    /// @param from the week's Monday
    /// @param share of the fullest week, in percent
    public record Week(LocalDate from, int parties, int share) {}
}
