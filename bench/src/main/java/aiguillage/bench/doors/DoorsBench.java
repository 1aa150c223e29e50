package aiguillage.bench.doors;

import aiguillage.bench.Progress;
import aiguillage.bench.Settings;
import aiguillage.bench.figure.Figure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Doors of one hub, one after the other.
public final class DoorsBench {

    private DoorsBench() {}

    /// Measures doors at a hub that is started for them.
    public static List<Figure> measure(Settings settings, Progress progress, Door... doors)
            throws IOException, InterruptedException {
        var figures = new ArrayList<Figure>();
        try (var stage = new Stage(settings, progress)) {
            for (Door door : doors) {
                figures.addAll(door.measure(stage));
            }
        }
        return figures;
    }
}
