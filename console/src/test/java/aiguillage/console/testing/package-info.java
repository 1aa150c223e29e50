/// What tests of pages are made of: a hub with its console, and browsers.
@NullMarked
package aiguillage.console.testing;

import org.jspecify.annotations.NullMarked;
