package aiguillage.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Several targets in one process, for short runs: the first byte of an input picks one. A fuzzer takes longer to
/// start than to find what is easy to find.
record Several(List<Target> targets) implements Target {

    @Override
    public List<byte[]> seeds() throws Exception {
        var seeds = new ArrayList<byte[]>();
        for (int i = 0; i < targets.size(); i++) {
            for (byte[] seed : targets.get(i).seeds()) {
                byte[] picked = new byte[seed.length + 1];
                picked[0] = (byte) i;
                System.arraycopy(seed, 0, picked, 1, seed.length);
                seeds.add(picked);
            }
        }
        return seeds;
    }

    @Override
    public void run(byte[] input) throws Exception {
        if (input.length > 0) {
            targets.get((input[0] & 0xff) % targets.size()).run(Arrays.copyOfRange(input, 1, input.length));
        }
    }
}
