package aiguillage.gateway.link;

import static aiguillage.fuzz.Inputs.require;

import aiguillage.fuzz.Inputs;
import aiguillage.fuzz.Target;
import aiguillage.gateway.replica.DatasetJson;
import java.util.List;

/// What the stream tells of datasets: read, or told to be unreadable; never an exception, which would end the line.
public final class DatasetEventTarget implements Target {

    private static final String STANDING = "{\"now\":\"2026-03-01T09:30:00Z\",\"datasets\":[{\"name\":\"opel/prices\","
            + "\"scope\":\"*\",\"newest\":7,\"staleAfterSeconds\":900,\"schema\":{\"columns\":["
            + "{\"name\":\"part\",\"type\":\"text\",\"key\":true,\"length\":60},"
            + "{\"name\":\"country\",\"type\":\"code\",\"codes\":[\"FR\"]},"
            + "{\"name\":\"from\",\"type\":\"date\"},"
            + "{\"name\":\"price\",\"type\":\"decimal\",\"scale\":2,\"currency\":\"EUR\"}],"
            + "\"effectiveFrom\":\"from\",\"effectiveTo\":null,\"zone\":\"Europe/Paris\"}}]}";
    private static final String ONE = "{\"now\":\"2026-03-01T09:30:00Z\",\"name\":\"opel/prices\",";

    private final DatasetJson json = new DatasetJson();

    @Override
    public List<byte[]> seeds() {
        return Inputs.of(
                STANDING,
                ONE + "\"left\":3}",
                ONE + "\"version\":7,\"from\":6,\"seal\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}",
                ONE + "\"scope\":\"*\",\"versions\":[{\"statement\":\"x\",\"sealed\":true,\"layer\":\"eA==\"}]}");
    }

    @Override
    public void run(byte[] input) {
        String text = Inputs.text(input);
        require(json.event("dataset", text) != null, "news of one dataset");
        require(json.event("datasets", text) != null, "news of all");
    }
}
