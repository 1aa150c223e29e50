package aiguillage.bench.gateways;

import aiguillage.bench.Progress;
import aiguillage.bench.Settings;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import aiguillage.bench.server.Memory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What a gateway's stream costs the hub while nothing comes: beside a TLS connection to the same hub on which nobody
/// ever asked for anything.
public final class IdleBench {

    private static final double HEAP_KB_GOAL = 16;
    private static final double RESIDENT_KB_GOAL = 50;
    private static final double CPU_GOAL = 3;
    /// Certificates take long to make; that dealers share gateways changes nothing that is measured.
    private static final int PER_DEALER = 4;

    private static final String BESIDE = "empty TLS connection";
    private static final int WARM_UP_COUNT = 100;

    private final Stage stage;
    private final int count;
    private final Duration watched;
    private final Series heap = new Series();
    private final Series resident = new Series();
    private final Series emptyHeap = new Series();
    private final Series emptyResident = new Series();
    private final Series cpu = new Series();
    private final Series cpuWithout = new Series();

    private IdleBench(Stage stage, int count, Duration watched) {
        this.stage = stage;
        this.count = count;
        this.watched = watched;
    }

    /// @param count how many gateways
    /// @param watched how long the hub's processor time is watched; a sign of life goes to each every 15 seconds
    public static List<Figure> run(Settings settings, Progress progress, int count, Duration watched)
            throws IOException, InterruptedException {
        try (var stage = new Stage(settings, "idle", count, settings.full() ? 1 : PER_DEALER)) {
            progress.step("processor time without streams");
            var bench = new IdleBench(stage, count, watched);
            stage.order("open", "warm", stage.hubPort(), WARM_UP_COUNT, Stage.SET_UP_AT_ONCE, Gateway.Arrival.STREAM);
            stage.order("close", "warm");
            bench.cpuWithout.add(bench.cpuPercent());
            progress.step("memory and processor time of " + count);
            bench.measure();
            return bench.figures();
        }
    }

    private void measure() throws IOException, InterruptedException {
        Memory before = Memory.of(stage.hubPid());
        open("empty", Gateway.Arrival.ACCEPTED);
        add(before, Memory.of(stage.hubPid()), emptyHeap, emptyResident);
        stage.order("close", "empty");
        open("streams", Gateway.Arrival.STREAM);
        Memory with = Memory.of(stage.hubPid());
        add(before, with, heap, resident);
        var _ = cpuPercent(); // while the first signs of life go out, their code is still being compiled
        cpu.add(cpuPercent());
        stage.order("close", "streams");
    }

    private void open(String name, Gateway.Arrival arrival) throws IOException {
        stage.order("open", name, stage.hubPort(), count, Stage.SET_UP_AT_ONCE, arrival);
    }

    private void add(Memory before, Memory with, Series heapEach, Series residentEach) {
        heapEach.add(Math.max(1, with.heap() - before.heap()) / 1_024.0 / count);
        residentEach.add(Math.max(1, with.resident() - before.resident()) / 1_024.0 / count);
    }

    /// Of one processor.
    private double cpuPercent() throws InterruptedException {
        Duration began = cpuTime();
        Thread.sleep(watched);
        return 100.0 * Math.max(1, cpuTime().minus(began).toNanos()) / watched.toNanos();
    }

    private Duration cpuTime() {
        return ProcessHandle.of(stage.hubPid())
                .orElseThrow()
                .info()
                .totalCpuDuration()
                .orElseThrow();
    }

    private List<Figure> figures() {
        String of = String.format(Locale.ROOT, "%,d idle, heap each", count);
        return List.of(
                Figure.of(of, "kB", heap, BESIDE, emptyHeap).atMost(HEAP_KB_GOAL),
                Figure.of("  resident each", "kB", resident, BESIDE, emptyResident)
                        .atMost(RESIDENT_KB_GOAL),
                Figure.of("  CPU of one processor", "%", cpu, "hub without streams", cpuWithout)
                        .atMost(CPU_GOAL));
    }
}
