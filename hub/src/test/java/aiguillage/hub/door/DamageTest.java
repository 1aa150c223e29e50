package aiguillage.hub.door;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.store.CorruptRecord;
import aiguillage.hub.testing.RunningHub;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/// What is stored is not what was written: it is never served, and the hub stops.
class DamageTest {

    private static final String CLAIMS = "opel/warranty-claim";

    @TempDir
    Path folder;

    @Test
    void aDamagedEntryIsNotServedAndStopsTheHub() throws Exception {
        flipAfterOneSubmission("entries");
        assertStopped("/v1/documents/claim-1");
    }

    @Test
    void aDamagedPayloadIsNotServedAndStopsTheHub() throws Exception {
        flipAfterOneSubmission("payloads");
        assertStopped("/v1/documents/claim-1/payload");
    }

    @Test
    void aDamagedDeliveryStopsTheHubFromALongPollAndAStream() throws Exception {
        flipAfterOneSubmission("pending");
        var hub = new RunningHub(folder);
        try (HttpClient centre = hub.client("opel-centre")) {
            HttpResponse<java.io.InputStream> stream = centre.send(
                    java.net.http.HttpRequest.newBuilder(hub.uri("/v1/inbox/stream"))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            String said;
            try {
                said = new String(stream.body().readAllBytes(), StandardCharsets.UTF_8);
            } catch (java.io.IOException cut) {
                said = "";
            }
            assertThat(said).doesNotContain("claim-1");
            assertThat(hub.awaitFailure()).isInstanceOf(CorruptRecord.class);
        }
        hub.closeFailed();
    }

    private void assertStopped(String path) throws Exception {
        var hub = new RunningHub(folder);
        try (HttpClient dealer = hub.client("dealer-7")) {
            HttpResponse<String> answer = hub.get(dealer, path);
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("\"code\":\"failed\"").doesNotContain("content");
            assertThat(hub.awaitFailure())
                    .isInstanceOf(CorruptRecord.class)
                    .hasMessageContaining("is damaged")
                    .hasMessageContaining("restore the last backup");
        }
        hub.closeFailed();
    }

    private void flipAfterOneSubmission(String table) throws Exception {
        try (var hub = new RunningHub(folder);
                HttpClient dealer = hub.client("dealer-7")) {
            assertThat(hub.submit(dealer, "dealer-7", CLAIMS, "claim-1", "content")
                            .statusCode())
                    .isEqualTo(201);
        }
        flipLast(table);
    }

    /// Flips one bit in the value of a table's last row.
    private void flipLast(String table) throws Exception {
        String store = folder.resolve("data/store").toString();
        var descriptors = new ArrayList<ColumnFamilyDescriptor>();
        try (var options = new Options()) {
            for (byte[] name : RocksDB.listColumnFamilies(options, store)) {
                descriptors.add(new ColumnFamilyDescriptor(name));
            }
        }
        var handles = new ArrayList<ColumnFamilyHandle>();
        try (var options = new DBOptions();
                RocksDB rocks = RocksDB.open(options, store, List.copyOf(descriptors), handles)) {
            for (ColumnFamilyHandle handle : handles) {
                if (new String(handle.getName(), StandardCharsets.US_ASCII).equals(table)) {
                    try (var rows = rocks.newIterator(handle)) {
                        rows.seekToLast();
                        byte[] value = rows.value();
                        value[value.length / 2] ^= 1;
                        rocks.put(handle, rows.key(), value);
                    }
                }
            }
            handles.forEach(ColumnFamilyHandle::close);
        }
    }
}
