package aiguillage.console.prices;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// All datasets that whoever asks sees.
public record DatasetsView(List<Line> lines) {

    public DatasetsView {
        lines = List.copyOf(lines);
    }

    /// One dataset.
    ///
    /// @param path of its page
    /// @param trouble why it cannot be read, or null
    /// @param spread how far the version that holds has come
    /// @param unusual how many parties read it in an unusual way today
    public record Line(
            String name,
            String path,
            @Nullable String trouble,
            VersionView.@Nullable Brief holding,
            VersionView.@Nullable Brief newest,
            int toCome,
            int held,
            SpreadView spread,
            long unusual) {}
}
