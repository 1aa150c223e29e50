package aiguillage.bench.dataset;

import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// A gateway that has no more than its stream and a small map: of each dataset the changes it was told last.
final class LightGateway implements EventStream.Taker {

    private static final String NAME = "\"name\":\"";
    private static final String LAYER = "\"layer\":\"";

    private final Runnable arrived;
    private final Runnable told;
    private final Consumer<IOException> lost;
    private final Map<String, byte[]> known = HashMap.newHashMap(1);

    /// @param told whenever it has something new
    LightGateway(Runnable arrived, Runnable told, Consumer<IOException> lost) {
        this.arrived = arrived;
        this.told = told;
        this.lost = lost;
    }

    @Override
    public void opened() {
        arrived.run();
    }

    @Override
    public void came(String event, String data) {
        if (event.equals("dataset")) {
            known.put(member(data, NAME), Base64.getDecoder().decode(member(data, LAYER)));
            told.run();
        } else if (event.equals("delivery")) { // of a server that writes bare bytes
            told.run();
        }
    }

    private static String member(String data, String name) {
        int at = data.indexOf(name);
        return at < 0 ? "" : data.substring(at + name.length(), data.indexOf('"', at + name.length()));
    }

    @Override
    public void lost(IOException why) {
        lost.accept(why);
    }
}
