/// Tests of pages in a real browser: what people see, in both languages, with and without scripts. Left out, with a
/// word, where there is no Chromium; `./aiguillage test --browser` runs them alone.
@NullMarked
package aiguillage.console.browser;

import org.jspecify.annotations.NullMarked;
