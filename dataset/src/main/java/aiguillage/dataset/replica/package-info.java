/// Replicas: one dataset's rows as one reader may see them, exact at every instant, or it says so (I7).
///
/// A [Replica] holds its rows in three places. *Layers* are versions as they came, each on top of the one
/// before; a version holds from its effective instant on because it lies there, however much it changes. *Rows*
/// are what all versions up to the *base* came to: those that are due are folded into them in the background.
/// The *history* has what a fold replaced, by key and by the version that replaced it, so that earlier instants
/// are answered too. Beside the rows stand hashes of 256 buckets of them, kept up with each change; their sum
/// is the root.
///
/// **In:** versions and their layers, in order; keys of sealed ones; the hub's word that one is withdrawn; for
/// repair the hub's bucket hashes, which must add up to the signed root, and the rows of a bucket. **Out:**
/// what holds for keys at an instant, with the version it is from and until when ([Found]); pages of keys that
/// begin alike ([Listed]), of changes between versions ([Changes]); all rows of a version ([Walk]); and what
/// the replica knows of itself ([Health]). What it cannot tell it says with [NotKnown].
///
/// **What holds:**
/// - An answer names its version, and is what that version says; of sealed, skipped, forgotten versions there
///   is none.
/// - Effective instants never go backwards; a version that is folded stays.
/// - The rows' hash is compared with the root after each fold and at each start. While they differ, every
///   answer says that it may be wrong. Once they are equal again, versions before are forgotten: nobody knows
///   since when.
/// - Readers wait for nobody ([Stand]); a version that comes waits for no fold.
///
/// **A crash** at any instant leaves: a file that no version names, removed at the next start; or a version
/// adopted and not folded; or a fold half done, marked as such. Each batch of a fold has rows, their history
/// and their hashes together, so lookups are exact in between; the fold is done again from its beginning and
/// passes over what is done. A damaged layer may come once more. Damage in the rows that RocksDB finds itself
/// fails the lookup: then the folder is removed, and the replica begins anew with a whole list.
///
/// **Memory** of one replica in RocksDB, at most: 32 MB of cached blocks, 16 MB of buffers for writes, 4 MB of
/// a fold's batch and 2 MB of hashes, and for each layer that is not folded its index (first keys of its pages
/// of 16 kB) and 32 pages. **Files:** RocksDB holds at most 64 open; layers hold none.
///
/// **Knows:** `row`, `layer`, `protocol`. **Start at** [Replica]. **Tests:** `ReplicaTest`, `ExactTest` (random
/// lives beside a model), `CutTest` (a power cut at every write), `ReadersTest` (readers during folds),
/// `KilledReplicaTest`.
@NullMarked
package aiguillage.dataset.replica;

import org.jspecify.annotations.NullMarked;
