package aiguillage.hub.health;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.yard.Outcome;
import aiguillage.protocol.FlowName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The hub's figures, for Prometheus. Safe from any thread. No figure names a party: 6,500 dealers would make 6,500
/// of each.
public final class HubMetrics {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Submitted, Counter> submissions = new ConcurrentHashMap<>();
    private final Map<Problem, Counter> refusals = new ConcurrentHashMap<>();
    private final Counter acknowledged = Counter.builder("aiguillage.deliveries.acknowledged")
            .description("Deliveries whose readers have them")
            .register(registry);
    private final Counter rejected = Counter.builder("aiguillage.deliveries.rejected")
            .description("Deliveries put into quarantine")
            .register(registry);
    private final Counter expired = Counter.builder("aiguillage.deliveries.expired")
            .description("Deliveries nobody took in time")
            .register(registry);
    private final Timer receipts = Timer.builder("aiguillage.receipt.seconds")
            .description("From the end of a submission's body to its receipt")
            .publishPercentiles(0.5, 0.99)
            .register(registry);

    private record Submitted(FlowName flow, Class<? extends Outcome> outcome) {

        String word() {
            return outcome.getSimpleName().toLowerCase(Locale.ROOT);
        }
    }

    /// Counts a submission that reached the journal.
    public void submitted(FlowName flow, Outcome outcome) {
        submissions
                .computeIfAbsent(
                        new Submitted(flow, outcome.getClass()),
                        key -> Counter.builder("aiguillage.submissions")
                                .description("Submissions by flow and outcome")
                                .tag("flow", flow.toString())
                                .tag("outcome", key.word())
                                .register(registry))
                .increment();
    }

    /// Counts a refusal.
    public void refused(Problem problem) {
        refusals.computeIfAbsent(
                        problem,
                        key -> Counter.builder("aiguillage.refusals")
                                .description("Refused requests by problem")
                                .tag("problem", problem.code())
                                .register(registry))
                .increment();
    }

    /// How often there was each problem, since the hub's start.
    public Map<Problem, Long> refusals() {
        var counts = new EnumMap<Problem, Long>(Problem.class);
        refusals.forEach((problem, counter) -> counts.put(problem, (long) counter.count()));
        return counts;
    }

    /// Notes how long a receipt took.
    public void receiptAfter(Duration time) {
        receipts.record(time);
    }

    public void acknowledged(int deliveries) {
        acknowledged.increment(deliveries);
    }

    public void rejected(int deliveries) {
        rejected.increment(deliveries);
    }

    public void expired() {
        expired.increment();
    }

    /// Adds a figure that is read when asked for.
    public void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    /// The page for Prometheus, in its text format.
    public String scrape() {
        return registry.scrape();
    }
}
