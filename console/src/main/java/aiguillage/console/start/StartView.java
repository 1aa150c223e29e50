package aiguillage.console.start;

import aiguillage.console.web.Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The first steps.
///
/// @param parties how many there are
/// @param flows how many there are
/// @param regions those that parties are in
/// @param hasOneKey whether who looks has no second key yet
/// @param begun null before a brand was made here
public record StartView(
        int parties,
        int flows,
        List<String> regions,
        boolean hasOneKey,
        @Nullable Begun begun) {

    /// What was made.
    ///
    /// @param flow on which the first document is awaited
    /// @param first that document, or null as long as there is none
    public record Begun(
            String brand,
            String dealer,
            String centre,
            String flow,
            @Nullable First first) {}

    /// A document.
    public record First(String sender, String id) {

        public String href() {
            return Address.ofDocument(sender, id).toString();
        }
    }

    public StartView {
        regions = List.copyOf(regions);
    }
}
