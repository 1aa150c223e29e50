package aiguillage.bench.peer;

import aiguillage.bench.journal.Appender;
import aiguillage.bench.journal.Callers;
import aiguillage.bench.server.Child;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Callers that each wait for Kafka's acknowledgement. Answers each line `<topic> <bytes> <milliseconds>` with the
/// records per second.
public final class KafkaClientProcess {

    private KafkaClientProcess() {}

    /// @param arguments the broker's port, bytes of a producer's batch
    public static void main(String[] arguments) throws Exception {
        Quiet.below("org.apache.kafka", "kafka");
        var callers = new Callers();
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Map<String, Topic> topics = new HashMap<>();
        Child.say("ready");
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            String[] order = line.split(" ", 3);
            Topic topic =
                    topics.computeIfAbsent(order[0], name -> new Topic(name, producer(arguments[0], arguments[1])));
            Child.say(callers.perSecond(topic, Integer.parseInt(order[1]), Long.parseLong(order[2])));
        }
        topics.values().forEach(Topic::close);
    }

    /// Acknowledged by all replicas, and written once even when it retries; no waiting for company.
    private static Producer<byte[], byte[]> producer(String port, String batchBytes) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        "127.0.0.1:" + port,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        "true",
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        batchBytes,
                        ProducerConfig.LINGER_MS_CONFIG,
                        "0"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private record Topic(String name, Producer<byte[], byte[]> producer) implements Appender {

        @Override
        public CompletableFuture<?> append(long number, byte[] payload) {
            var durable = new CompletableFuture<Void>();
            var _ = producer.send(new ProducerRecord<>(name, payload), (_, failure) -> {
                if (failure == null) {
                    durable.complete(null);
                } else {
                    durable.completeExceptionally(failure);
                }
            });
            return durable;
        }

        @Override
        public void close() {
            producer.close();
        }
    }
}
