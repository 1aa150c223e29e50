package aiguillage.fuzz;

/// Where Jazzer comes in. The system property `fuzz.target` names the target.
public final class Entrance {

    private static final Target TARGET = named();

    private Entrance() {}

    private static Target named() {
        try {
            return Targets.named(System.getProperty("fuzz.target", ""));
        } catch (Exception e) {
            throw new IllegalStateException("the target cannot be made", e);
        }
    }

    /// Jazzer calls it before the first input, whose time counts: classes are loaded and instrumented here.
    public static void fuzzerInitialize() throws Exception {
        for (byte[] seed : TARGET.seeds()) {
            TARGET.run(seed);
        }
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        TARGET.run(input);
    }
}
