/// Datasets at the hub: a version is published, and every reader gets the rows that it may see.
///
/// A [Master] has all rows of a dataset, as the entries in the journal and the layers they name make them; it
/// is a view and can be made again. Readers who may see the same rows have one [Scope]; marks give each reader
/// a scope of its own. What a scope gets of a version is a [Share]: a layer with its rows alone, and what the
/// hub signs of it.
///
/// **In:** files from publishers ([Publishing]). **Out:** entries; shares ([Shares]); the news that streams
/// tell ([News]).
///
/// **What holds:** a layer is durable before the entry that names it; numbers are never used twice; a share
/// shows no row that its scope may not see (I4, I6), a sealed one nothing before its time.
///
/// **Knows:** the part `dataset`; `entry`, `document`, `directory`, `journal`, `payload`, `problem`, `routing`,
/// `store`, `yard`, `config`, `pki`, `protocol`, `memory`. **Start at** [Datasets].
@NullMarked
package aiguillage.hub.dataset;

import org.jspecify.annotations.NullMarked;
