package aiguillage.bench.ledger;

import aiguillage.bench.server.Child;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Runs [TreeBenchmark] under JMH, one fork for each method. Says one line for each iteration: the tree's rate, and
/// the bare hashes' rate.
public final class JmhProcess {

    private JmhProcess() {}

    /// @param arguments the file for JMH's own report, milliseconds of an iteration, iterations
    public static void main(String[] arguments) throws Exception {
        TimeValue time = TimeValue.milliseconds(Long.parseLong(arguments[1]));
        int iterations = Integer.parseInt(arguments[2]);
        var options = new OptionsBuilder()
                .include(TreeBenchmark.class.getName())
                .forks(1)
                .warmupIterations(2)
                .warmupTime(time)
                .measurementIterations(iterations)
                .measurementTime(time)
                .output(arguments[0])
                .build();
        Collection<RunResult> results = new Runner(options).run();
        List<Double> tree = rates(results, "tree");
        List<Double> hashes = rates(results, "hashes");
        for (int i = 0; i < iterations; i++) {
            Child.say(tree.get(i) + " " + hashes.get(i));
        }
    }

    private static List<Double> rates(Collection<RunResult> results, String method) {
        var rates = new ArrayList<Double>();
        for (RunResult result : results) {
            if (result.getParams().getBenchmark().endsWith("." + method)) {
                for (IterationResult iteration :
                        result.getBenchmarkResults().iterator().next().getIterationResults()) {
                    rates.add(iteration.getPrimaryResult().getScore());
                }
            }
        }
        return rates;
    }
}
