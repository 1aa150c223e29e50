package aiguillage.gateway.dms;

import static aiguillage.fuzz.Inputs.require;

import aiguillage.fuzz.Inputs;
import aiguillage.fuzz.Target;
import aiguillage.protocol.CloudEvents;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// `<name>.envelope.json`, written by a DMS.
public final class SideFileTarget implements Target {

    private final Path payload = Files.createTempDirectory("fuzz").resolve("claim.xml");

    public SideFileTarget() throws IOException {}

    @Override
    public List<byte[]> seeds() {
        return Inputs.of(
                "{\"id\":\"claim-1\",\"subject\":\"W-2026-17\",\"recipient\":\"opel-centre\",\"contenttype\":\"application/xml\"}",
                "{\"time\":\"2026-03-01T09:30:00+02:00\",\"modelyear\":2026,\"urgent\":true}");
    }

    @Override
    public void run(byte[] input) throws IOException {
        Files.write(SideFile.of(payload), input);
        Envelope envelope;
        try {
            envelope = SideFile.beside(payload, JsonMapper.shared())
                    .envelope(
                            FlowName.of("opel/warranty-claim"),
                            new PartyId("dealer-7"),
                            new DocumentId("fresh"),
                            Instant.EPOCH);
        } catch (IllegalArgumentException refused) {
            require(refused.getMessage() != null, "says why");
            return;
        }
        Inputs.requireSendable(CloudEvents.headers(envelope));
        require(
                CloudEvents.envelope(CloudEvents.headers(envelope)).equals(envelope),
                "what the gateway takes, the hub reads the same",
                envelope);
    }
}
