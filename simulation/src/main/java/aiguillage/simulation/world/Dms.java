package aiguillage.simulation.world;

import aiguillage.gateway.dms.FileNames;
import aiguillage.protocol.Brand;
import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import aiguillage.simulation.check.Truth;
import aiguillage.simulation.disk.GatewayFiles;
import aiguillage.simulation.fault.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The dealer management system beside a gateway: drops documents into its out folders, takes what comes in, and, at
/// the centre, answers claims. It lives through crashes of the gateway.
final class Dms {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final Computers all;
    private final GatewayComputer gateway;
    private final Truth truth;
    private final List<String> flows;
    private final boolean answers;
    private final Map<String, Long> orders = new TreeMap<>();
    private final Map<String, String> dropped = new TreeMap<>();
    private final Map<String, Integer> filed = new TreeMap<>();
    private int toDrop;

    /// @param flows those on which it sends, as `opel/warranty-claim`
    /// @param toDrop how many documents it will drop
    /// @param answers whether it answers claims with decisions
    Dms(Computers all, GatewayComputer gateway, Truth truth, List<String> flows, int toDrop, boolean answers) {
        this.all = all;
        this.gateway = gateway;
        this.truth = truth;
        this.flows = List.copyOf(flows);
        this.toDrop = toDrop;
        this.answers = answers;
    }

    void live() {
        try {
            while (true) {
                all.outside()
                        .pause(
                                all.faults().haveEnded()
                                        ? SHORTEST
                                        : all.faults().between(SHORTEST, LONGEST));
                if (toDrop > 0) {
                    drop();
                }
                if (!all.faults().strikes(Fault.READER_STALLS)) {
                    take();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a DMS", e);
        }
    }

    boolean hasDroppedAll() {
        return toDrop == 0;
    }

    private void drop() throws IOException {
        int count = Math.min(toDrop, 1 + all.faults().random().nextInt(3));
        toDrop -= count;
        for (int i = 0; i < count; i++) {
            String flow = flows.get(all.faults().random().nextInt(flows.size()));
            String id = all.faults().random().nextBoolean() ? "\"id\":\"claim-" + toDrop + "-" + i + "\"" : "";
            drop(flow, id);
        }
    }

    /// Side file first, then the document under its final name at once.
    private void drop(String flow, String attributes) throws IOException {
        long order = orders.merge(flow, 1L, Long::sum);
        int slash = flow.indexOf('/');
        String brand = flow.substring(0, slash);
        Path folder = gateway.folders().root().resolve(brand).resolve("out").resolve(flow.substring(slash + 1));
        Files.createDirectories(folder);
        String name = String.format(Locale.ROOT, "%06d.xml", order);
        byte[] bytes = (flow + " " + order + " of " + gateway.name()).getBytes(StandardCharsets.UTF_8);
        GatewayFiles files = gateway.files();
        if (!attributes.isEmpty()) {
            files.written(
                    folder.resolve(name + FileNames.ENVELOPE),
                    ("{" + attributes + "}").getBytes(StandardCharsets.UTF_8));
        }
        Path unfinished = folder.resolve("." + name);
        files.written(unfinished, bytes);
        files.moved(unfinished, folder.resolve(name));
        files.forced(folder);
        HubComputer hub = hub(brand);
        truth.sends(new Truth.Sent(hub.name(), gateway.name(), flow, name, bytes, order));
        dropped.put(Digest.of(bytes).toString(), flow + " " + name);
        say("drops " + flow + " " + name);
    }

    private HubComputer hub(String brand) {
        HubComputer hub = gateway.hubs().get(new Brand(brand));
        if (hub == null) {
            throw new AssertionError("no hub serves " + brand);
        }
        return hub;
    }

    private void take() throws IOException {
        for (Map.Entry<Brand, HubComputer> one : gateway.hubs().entrySet()) {
            Path in = gateway.folders().in(one.getKey());
            if (Files.exists(in)) {
                for (Path kind : listed(in)) {
                    take(one.getValue().name(), kind);
                }
            }
        }
    }

    private void take(String hub, Path kind) throws IOException {
        for (Path file : listed(kind)) {
            String name = file.getFileName().toString();
            Path side = file.resolveSibling(name + FileNames.ENVELOPE);
            String folder = gateway.folders().root().relativize(kind).toString();
            if (cameBack(file, folder, side) || name.endsWith(FileNames.ENVELOPE)) {
                continue;
            }
            if (all.faults().strikes(Fault.READER_STALLS)) {
                return; // the rest later, in order
            }
            if (!Files.exists(side)) {
                truth.findings().violated("complete", gateway.name() + " found " + name + " without its envelope");
                return;
            }
            JsonNode envelope = JSON.readTree(Files.readAllBytes(side));
            say("takes " + folder + "/" + name);
            gateway.dms()
                    .takes(
                            hub,
                            folder,
                            name,
                            Files.readAllBytes(file),
                            envelope.path("digest").asString(""));
            gateway.files().deleted(file);
            gateway.files().deleted(side);
            if (answers && folder.endsWith("in/" + Scene.CLAIM)) {
                String dealer =
                        PartyId.ofUrn(envelope.path("source").asString("")).value();
                drop("opel/" + Scene.DECISION, "\"recipient\":\"" + dealer + "\"");
            }
        }
    }

    /// Half of a pair whose removal, never forced, was undone by a loss of power.
    private boolean cameBack(Path file, String folder, Path side) throws IOException {
        String name = file.getFileName().toString();
        boolean isSide = name.endsWith(FileNames.ENVELOPE);
        String payload = isSide ? name.substring(0, name.length() - FileNames.ENVELOPE.length()) : name;
        Path other = isSide ? file.resolveSibling(payload) : side;
        boolean half = gateway.dms().hasTaken(folder, payload) && !Files.exists(other);
        if (half) {
            gateway.files().deleted(file);
        }
        return half;
    }

    private static List<Path> listed(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            files.forEach(found::add);
        }
        found.sort(java.util.Comparator.comparing(Path::toString));
        return found;
    }

    /// Everything that was dropped has its answer beside it, and nothing is left in between.
    ///
    /// @return what is left, or nothing
    List<String> left() throws IOException {
        List<String> left = new ArrayList<>();
        for (Brand brand : gateway.hubs().keySet()) {
            for (String folder : List.of("in", "out")) {
                Path root = gateway.folders().root().resolve(brand.value()).resolve(folder);
                if (Files.exists(root)) {
                    for (Path kind : listed(root)) {
                        listed(kind).forEach(file -> left.add(file.toString()));
                    }
                }
            }
        }
        gateway.book().scan("waiting/", "waiting/", 10).forEach(entry -> left.add(entry.key()));
        return left;
    }

    /// Each document that was dropped lies once where its answer is.
    void requireAnswers() throws IOException {
        for (Brand brand : gateway.hubs().keySet()) {
            for (String folder : List.of("done", "refused")) {
                Path root = gateway.folders().root().resolve(brand.value()).resolve(folder);
                for (Path kind : listed(root)) {
                    for (Path file : listed(kind)) {
                        String digest = Digest.of(Files.readAllBytes(file)).toString();
                        filed.merge(digest, 1, Integer::sum);
                        if (dropped.containsKey(digest)) {
                            requireReceipt(file, digest);
                        }
                    }
                }
            }
        }
        dropped.forEach((digest, name) -> truth.findings()
                .require(
                        filed.getOrDefault(digest, 0) == 1,
                        "exactly once",
                        gateway.name() + " has " + name + " " + filed.getOrDefault(digest, 0)
                                + " times among the answered"));
    }

    private void requireReceipt(Path file, String digest) throws IOException {
        Path receipt = file.resolveSibling(file.getFileName() + FileNames.RECEIPT);
        truth.findings()
                .require(
                        Files.exists(receipt) && truth.isReceipt(digest, Files.readAllBytes(receipt)),
                        "exactly once",
                        gateway.name() + " has " + file + " without its receipt");
    }

    private void say(String what) {
        all.scheduler().trace().line(gateway.name() + "-dms", what);
    }
}
