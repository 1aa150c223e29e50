/// What must survive a kill or a power cut: files that move from folder to folder, and the book that says where
/// each is.
///
/// Two narrow seams, so that tests can stop the machine between any two steps: [Disk] (files) and [Book] (records).
///
/// **In:** calls from `outbox`, `inbox`, `dms`. **Out:** durable files and records. **Knows:**
/// `protocol` (digests).
///
/// **Start at** [Disk]. **Tests:** `RocksBookTest`, and every test that crashes at each step.
@NullMarked
package aiguillage.gateway.disk;

import org.jspecify.annotations.NullMarked;
