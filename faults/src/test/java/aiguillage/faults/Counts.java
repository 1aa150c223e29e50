package aiguillage.faults;

import aiguillage.hub.Check;
import aiguillage.hub.Progress;
import aiguillage.hub.check.Report;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.EntryCodec;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.RocksStore;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.protocol.proof.LedgerKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;

/// Counts, when nothing runs any more, what lies in the hub's store and in the parties' folders.
final class Counts {

    private final Path data;

    /// Content's name → how often a document with it stands in the journal.
    private final Map<String, Integer> stored = new HashMap<>();

    /// The names of documents that still wait in a mailbox.
    private final Set<String> waiting = new HashSet<>();

    /// @param data of a hub that has stopped
    Counts(Path data) {
        this.data = data;
        RocksDB.loadLibrary(); // who opens a store only to read has it already
        var names = new HashMap<Long, String>();
        try (RocksStore store = RocksStore.openToRead(data.resolve("store"))) {
            try (Store.Scan entries = store.scan(Table.ENTRIES, Key.of(1), Key.of(Long.MAX_VALUE))) {
                while (entries.next()) {
                    if (EntryCodec.decodeStored(entries.value()) instanceof Entry.DocumentAccepted document) {
                        String name = name(document, store.get(Table.PAYLOADS, entries.key()));
                        stored.merge(name, 1, Integer::sum);
                        names.put(Key.lastNumber(entries.key()), name);
                    }
                }
            }
            try (Store.Scan pending = store.scan(Table.PENDING, new byte[] {0}, new byte[] {(byte) 0xff})) {
                while (pending.next()) {
                    var delivery =
                            DeliveryRow.decode(pending.key(), pending.value()).delivery();
                    waiting.add(names.getOrDefault(delivery.document().value(), ""));
                }
            }
        }
    }

    /// Gateways choose their own ids, so the content names the fault; clients over HTTP name it in the id.
    private static String name(Entry.DocumentAccepted document, byte @Nullable [] payload) {
        String id = document.envelope().id().value();
        boolean isNamed = Campaign.ALL.stream().anyMatch(fault -> Traffic.isOf(fault.name(), id));
        return payload == null || isNamed || id.startsWith("claim-")
                ? id
                : Traffic.tag(new String(payload, StandardCharsets.UTF_8));
    }

    /// The whole folder, checked against a checkpoint that was seen outside.
    static Report check(Path data, String checkpoint, Path scratch) throws IOException {
        return new Check(data, null, Progress.none()).run(checkpoint, scratch);
    }

    /// Fills in a row what became of the site's own documents and the probe's.
    void fill(Row row, Traffic traffic) throws IOException {
        String fault = row.fault;
        LedgerKey.Public key = LedgerKey.Public.ofText(Files.readString(data.resolve("ledger.vkey")));
        List<String> sent = traffic.sentNames(fault);
        var proven = new HashSet<>(traffic.proven(fault, key));
        proven.addAll(row.probed);
        List<String> taken = traffic.taken(fault);
        var delivered = new HashSet<>(taken);
        var lost = new HashSet<String>();
        sent.stream().filter(name -> !delivered.contains(name)).forEach(lost::add);
        proven.stream().filter(name -> !stored.containsKey(name)).forEach(lost::add);
        row.probed.stream().filter(name -> !waiting.contains(name)).forEach(lost::add);
        row.waiting += row.probed.stream().filter(waiting::contains).count();
        row.sent += sent.size() + row.probed.size();
        row.receipts += proven.size();
        row.stored += stored.keySet().stream()
                .filter(name -> Traffic.isOf(fault, name))
                .count();
        row.delivered += delivered.size();
        row.lost += lost.size();
        row.duplicated += taken.size() - delivered.size();
        row.duplicated += stored.entrySet().stream()
                .filter(one -> Traffic.isOf(fault, one.getKey()))
                .mapToInt(one -> one.getValue() - 1)
                .sum();
    }
}
