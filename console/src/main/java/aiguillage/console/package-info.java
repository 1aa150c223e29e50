/// The hub's pages for people: an operator finds any claim in seconds, sees trouble before the dealer calls,
/// and brings a new dealer in. One room a subject beside `web`, which knows how pages are asked for and
/// answered, and `session`, which knows who asks.
///
/// **In:** a running hub ([aiguillage.hub.Inside]). **Out:** HTML on a listener of its own, with threads of its
/// own: no number of consoles takes any from documents. **Knows:** `hub`, `config`,
/// `pki`, `protocol`, `dataset`, `xml`. **Start at** [Console].
@NullMarked
package aiguillage.console;

import org.jspecify.annotations.NullMarked;
