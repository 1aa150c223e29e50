package aiguillage.bench.peer;

import aiguillage.bench.server.Child;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/// A one-node Kafka: broker and controller in one process, KRaft, one partition. Says its port once both topics are
/// there.
public final class KafkaProcess {

    /// Every record is on the disk before it is acknowledged.
    public static final String FLUSHED = "flushed";

    /// Kafka's own way: a record is acknowledged when it is in the page cache, and reaches the disk in the system's
    /// good time. Safety comes from replicas, of which one node has none.
    public static final String UNFLUSHED = "unflushed";

    private static final String CONTROLLER = "CONTROLLER";
    private static final int NODE = 1;

    private KafkaProcess() {}

    /// @param arguments an empty folder
    public static void main(String[] arguments) throws Exception {
        Quiet.below("org.apache.kafka", "kafka");
        String folder = Path.of(arguments[0]).toString();
        int port = freePort();
        int controllerPort = freePort();
        format(folder);
        var config = new KafkaConfig(
                Map.ofEntries(
                        Map.entry("node.id", Integer.toString(NODE)),
                        Map.entry("process.roles", "broker,controller"),
                        Map.entry("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort),
                        Map.entry("controller.listener.names", CONTROLLER),
                        Map.entry(
                                "listeners",
                                "PLAINTEXT://127.0.0.1:" + port + "," + CONTROLLER + "://127.0.0.1:" + controllerPort),
                        Map.entry("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port),
                        Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT"),
                        Map.entry("log.dirs", folder),
                        Map.entry("offsets.topic.replication.factor", "1"),
                        Map.entry("auto.create.topics.enable", "false")),
                false);
        var server = new KafkaRaftServer(config, Time.SYSTEM);
        server.startup();
        createTopics(port);
        Child.say(port);
        System.in.transferTo(OutputStream.nullOutputStream());
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(String folder) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setNodeId(NODE)
                .setClusterId(Uuid.randomUuid().toString())
                .setDirectories(List.of(folder))
                .setMetadataLogDirectory(folder)
                .setControllerListenerName(CONTROLLER)
                .run();
    }

    private static void createTopics(int port) throws InterruptedException, ExecutionException {
        Map<String, Object> settings = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + port);
        try (Admin admin = Admin.create(settings)) {
            admin.createTopics(List.of(
                            new NewTopic(FLUSHED, 1, (short) 1).configs(Map.of("flush.messages", "1")),
                            new NewTopic(UNFLUSHED, 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    /// Kafka must know its controller's port beforehand.
    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
