/// How pages are asked for and answered: addresses, forms, templates, words in two languages, and what every
/// answer forbids the browser. Knows nothing of what pages are about.
///
/// **Bounds:** a form has at most 2 MB and 100 fields, one with a file what its page says; a request's header
/// 16 kB. **Start at** [WebServer].
@NullMarked
package aiguillage.console.web;

import org.jspecify.annotations.NullMarked;
