/// What the gateway's tests share: a disk and a book that stop at any step, a hub, and a DMS.
@NullMarked
package aiguillage.gateway.testing;

import org.jspecify.annotations.NullMarked;
