/// What the console's pages cost a hub that has a large network's documents and parties.
///
/// **Knows:** `figure`, `server`, `stored`, `bench`, `console`, `hub`, `config`. **Start at**
/// [PagesBench].
@NullMarked
package aiguillage.bench.pages;

import org.jspecify.annotations.NullMarked;
