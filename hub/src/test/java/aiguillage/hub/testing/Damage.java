package aiguillage.hub.testing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// What a bad disk does to a store.
public final class Damage {

    private Damage() {}

    /// Flips one bit in the value of a table's last row.
    ///
    /// @param folder of a store that no process has open
    public static void flipLast(Path folder, String table) throws RocksDBException {
        String store = folder.toString();
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
