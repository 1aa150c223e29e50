/// Disks with exactly the promises of those the hub and the gateway are built on, and nothing more: what a crash may
/// undo, it undoes here.
///
/// | disk | stands for | after a crash |
/// |---|---|---|
/// | [HubStore] | RocksDB, every write synced | all written batches; the one in flight wholly or not at all |
/// | [GatewayBook] | RocksDB, some writes synced | power loss: what was not synced, from some write on, is gone |
/// | [ReplicaRows] | RocksDB, some writes synced | as [GatewayBook]; a row may be damaged |
/// | [GatewayDisk] | a journaling file system | power loss: each name not forced may be as before; renames are whole |
///
/// **Knows:** `dataset`, `hub`, `gateway`, `fault`, `protocol`.
@NullMarked
package aiguillage.simulation.disk;

import org.jspecify.annotations.NullMarked;
