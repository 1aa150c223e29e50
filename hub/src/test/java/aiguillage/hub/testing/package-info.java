/// What tests of the hub share: a store in memory that keeps exactly the promises of `aiguillage.hub.store`.
@NullMarked
package aiguillage.hub.testing;

import org.jspecify.annotations.NullMarked;
