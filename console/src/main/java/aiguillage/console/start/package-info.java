/// The first steps: a brand, its flows, a dealer, its first document.
///
/// **Knows:** `web`, `flows` (a draft goes through its pages), the hub, `session`, `protocol`. **Start at**
/// [StartPages]. **Tests:** `StartPagesTest`.
@NullMarked
package aiguillage.console.start;

import org.jspecify.annotations.NullMarked;
