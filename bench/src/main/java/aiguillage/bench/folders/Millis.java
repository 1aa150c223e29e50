package aiguillage.bench.folders;

import java.util.Collection;

/// How long each took, sorted, in ms.
final class Millis {

    private final double[] sorted;

    Millis(Collection<Long> nanos) {
        if (nanos.isEmpty()) {
            throw new IllegalStateException("nothing was measured");
        }
        sorted = nanos.stream().mapToDouble(each -> each / 1e6).sorted().toArray();
    }

    double quantile(double share) {
        return sorted[(int) (share * (sorted.length - 1))];
    }
}
