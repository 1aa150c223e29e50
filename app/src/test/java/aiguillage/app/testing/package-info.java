/// What the command's tests share: a command run in this process, and a hub started from what `init` wrote.
@NullMarked
package aiguillage.app.testing;

import org.jspecify.annotations.NullMarked;
