package aiguillage.simulation;

import aiguillage.simulation.fault.Fault;
import aiguillage.simulation.world.Report;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The sums over many runs. For one thread.
public final class Counts {

    private long runs;
    private long documents;
    private long receipts;
    private long versions;
    private long prices;
    private long crashes;
    private long simulatedMillis;
    private long violations;
    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);

    public void add(Report report) {
        runs++;
        documents += report.documents();
        receipts += report.receipts();
        versions += report.versions();
        prices += report.prices();
        crashes += report.crashes();
        simulatedMillis += report.simulatedMillis();
        violations += report.violation() == null ? 0 : 1;
        report.faults().forEach((fault, count) -> faults.merge(fault, count, Long::sum));
    }

    /// Adds what another process counted.
    void add(JsonNode json) {
        runs += json.path("runs").asLong();
        documents += json.path("documents").asLong();
        receipts += json.path("receipts").asLong();
        versions += json.path("versions").asLong();
        prices += json.path("prices").asLong();
        crashes += json.path("crashes").asLong();
        simulatedMillis += 1_000 * json.path("simulatedSeconds").asLong();
        violations += json.path("violations").asLong();
        for (Fault fault : Fault.values()) {
            faults.merge(fault, json.path("faults").path(fault.word()).asLong(), Long::sum);
        }
    }

    public long runs() {
        return runs;
    }

    /// One line.
    @Override
    public String toString() {
        String kinds = faults.entrySet().stream()
                .filter(fault -> fault.getValue() > 0)
                .map(fault -> fault.getKey().word() + " " + fault.getValue())
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%d runs, %d documents, %d receipts, %d versions, %d prices, %d crashes, faults: %s; %s h simulated, %d violations",
                runs,
                documents,
                receipts,
                versions,
                prices,
                crashes,
                kinds.isEmpty() ? "none" : kinds,
                String.format(
                        Locale.ROOT, "%.1f", Duration.ofMillis(simulatedMillis).toSeconds() / 3_600.0),
                violations);
    }

    /// The same, for machines.
    ObjectNode json() {
        ObjectNode json = JsonMapper.shared()
                .createObjectNode()
                .put("runs", runs)
                .put("documents", documents)
                .put("receipts", receipts)
                .put("versions", versions)
                .put("prices", prices)
                .put("crashes", crashes)
                .put("simulatedSeconds", simulatedMillis / 1_000)
                .put("violations", violations);
        ObjectNode kinds = json.putObject("faults");
        faults.forEach((fault, count) -> kinds.put(fault.word(), count));
        return json;
    }
}
