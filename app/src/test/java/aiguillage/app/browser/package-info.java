/// What a person does with a browser and a terminal together, with real processes. Left out, with a word, where there
/// is no Chromium; `./aiguillage test --browser` runs these tests alone.
@NullMarked
package aiguillage.app.browser;

import org.jspecify.annotations.NullMarked;
