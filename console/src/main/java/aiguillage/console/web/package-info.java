/// How pages are asked for and answered: addresses, forms, templates, words in two languages, and what every
/// answer forbids the browser. What pages are about is known to the rooms alone; of the hub this one knows who
/// asks, what is announced, and how a refusal is told.
///
/// **Bounds:** a form has at most 2 MB and 600 fields, one with a file what its page says; a request's header
/// 16 kB. **Knows:** `session`, `hub.dataset`, `hub.door.call`, `hub.health`, `hub.operators`, `hub.problem`,
/// `hub.settings`, `protocol`. **Start at** [WebServer].
@NullMarked
package aiguillage.console.web;

import org.jspecify.annotations.NullMarked;
