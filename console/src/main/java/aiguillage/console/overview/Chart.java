package aiguillage.console.overview;

import java.time.Instant;
import java.util.List;

/// Documents per minute, by flow: at most [#FLOWS_MAX] flows by themselves, the rest together.
///
/// @param first the first minute
/// @param lines the flows with most documents first
public record Chart(Instant first, List<Line> lines) {

    /// That one can still tell apart.
    public static final int FLOWS_MAX = 7;

    public Chart {
        lines = List.copyOf(lines);
    }

    /// One flow's.
    ///
    /// @param name of the flow; for the rest, a word
    /// @param counts by minute, oldest first; the last minute is under way
    public record Line(String name, List<Integer> counts) {

        public Line {
            counts = List.copyOf(counts);
        }

        public long sum() {
            return counts.stream().mapToLong(Integer::longValue).sum();
        }
    }

    /// How many each line has.
    public int minutes() {
        return lines.isEmpty() ? 0 : lines.getFirst().counts().size();
    }

    public Instant minute(int index) {
        return first.plusSeconds(60L * index);
    }

    /// For the script that draws it.
    ///
    /// @return `{"first":<epoch seconds>,"lines":[{"name":…,"counts":[…]}]}`
    public String json() {
        var json = tools.jackson.databind.json.JsonMapper.shared();
        var all = json.createObjectNode().put("first", first.getEpochSecond());
        var array = all.putArray("lines");
        for (Line line : lines) {
            var counts = array.addObject().put("name", line.name).putArray("counts");
            line.counts.forEach(counts::add);
        }
        return json.writeValueAsString(all);
    }
}
