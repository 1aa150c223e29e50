package aiguillage.app.demo;

import aiguillage.app.operator.OperatorClient;
import aiguillage.app.start.Plan;
import aiguillage.app.start.StartingFolder;
import aiguillage.app.terminal.Logs;
import aiguillage.app.warranty.ClaimGenerator;
import aiguillage.config.ConfigReader;
import aiguillage.gateway.Gateway;
import aiguillage.gateway.GatewayConfig;
import aiguillage.gateway.dms.FileNames;
import aiguillage.gateway.dms.Folders;
import aiguillage.hub.Hub;
import aiguillage.hub.HubConfig;
import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.DurableFile;
import aiguillage.pki.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.json.JsonMapper;

/// The shortest run that loads what a hub and a gateway load: the launcher archives those classes, so that
/// processes start in a fraction of the time. One claim goes from a dealer's folder to the hub.
public final class Rehearsal {

    private static final Duration RECEIPT_MAX = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final long SEED = 1;

    private Rehearsal() {}

    /// Runs it in a new folder.
    public static void run(Path folder) throws Exception {
        Logs.ofService(Logs.Form.TEXT);
        Path scratch = Files.createTempDirectory("aiguillage-ca-");
        var authority = CertificateAuthority.init(scratch.resolve("ca"), "Rehearsal", null, Instant.now());
        Cast cast = Cast.withGateways();
        Plan plan = cast.plan(Fingerprint.of(authority.chain().certificates().getLast()), false);
        var start = new StartingFolder(folder);
        start.write(plan);
        Files.move(scratch.resolve("ca"), start.authority());
        Files.delete(scratch);
        HubConfig config =
                new ConfigReader().file(start.hubYaml(), HubConfig.class).value();
        var failure = new AtomicReference<Throwable>();
        try (Hub _ = Hub.start(config, InstantSource.system(), failure::set)) {
            send(start, config, cast.workshops().getFirst());
        }
        if (failure.get() != null) {
            throw new IOException("the hub stopped by itself", failure.get());
        }
    }

    private static void send(StartingFolder start, HubConfig config, Cast.Workshop workshop)
            throws IOException, InterruptedException {
        var dealer = workshop.dealer().party();
        try (OperatorClient operator = OperatorClient.of(config)) {
            String code = operator.post(
                            "/operator/enrolments",
                            JsonMapper.shared().createObjectNode().put("party", dealer.value()))
                    .path("code")
                    .asString();
            DurableFile.writeSecret(start.code(dealer), code.getBytes(StandardCharsets.US_ASCII));
        }
        GatewayConfig gateway = new ConfigReader()
                .file(start.gatewayYaml(dealer), GatewayConfig.class)
                .value();
        var folders = new Folders(gateway.dms());
        var claim = new ClaimGenerator(SEED).claim(workshop.dealer(), workshop.brand(), 1);
        try (Gateway _ = Gateway.start(gateway, InstantSource.system())) {
            DmsFiles.write(folders.out(workshop.claims()), "claim.xml", Map.of("id", claim.number()), claim.xml());
            Path receipt = folders.done(workshop.claims()).resolve("claim.xml" + FileNames.RECEIPT);
            long end = System.nanoTime() + RECEIPT_MAX.toNanos();
            while (!Files.exists(receipt) && System.nanoTime() < end) {
                Thread.sleep(LOOK_EVERY);
            }
        }
    }
}
