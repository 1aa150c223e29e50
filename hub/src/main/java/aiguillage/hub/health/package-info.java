/// How this hub is: its room on disk, whether it is stopping, and its figures.
///
/// **Start at** [Space]. **Knows:** `problem`, `protocol`, `store`, `yard`. **Tests:** `DiskFullTest`.
@NullMarked
package aiguillage.hub.health;

import org.jspecify.annotations.NullMarked;
