/// The dealer's page: one screen in French or English that says whether all is well, and what to do first where
/// it is not.
///
/// | address | what |
/// |---|---|
/// | `/` | connection, what waits, prices, certificate, what was refused; a text for the support |
/// | `/find?q=&hub=` | documents and deliveries that the gateway remembers; with `hub`, what the hubs know |
/// | `/document?brand=&id=&hub=` | one document: where it is, why it was refused, its notices |
/// | `/receipt.pdf?brand=&id=` | its receipt, for the file; `/receipt.json` the proof itself |
/// | `/prices?list=&key=&at=` | what holds for a key, from the replica |
/// | `/enter`, `/leave`, `/language` | a one-time link becomes a session; it ends; another language |
///
/// **Who may look.** Who came by a one-time link: the first, which each start makes while nobody has a session,
/// or one of `aiguillage gateway page-link`. On this computer, at the local door, everybody where
/// `page.sign-in` is false; cells that a list calls sensitive are shown to sessions alone. In the local network
/// the page has a listener of its own, over TLS. Links and sessions are files named by the digest of their
/// secret, so that another process can make one, and end all of them.
///
/// **What no other site can do:** be asked for by another name (`Host`, against DNS rebinding), send a form
/// (`Origin`), put the page in a frame, or have a script of its own run (Content-Security-Policy without
/// exceptions). Every text of others is escaped where it stands. Pages are read without scripts; a small one
/// asks this gateway, and nobody else, for the first page's state while it is looked at.
///
/// **Bounds:** a question is at most 4,000 characters, a form 16 kB; 100 found, 100 failures, 20 rows of a
/// price list; a hub is asked by 4 pages at a time and has 15 s; a text for the support has 8,000 characters;
/// 100 links and sessions.
///
/// **In:** HTTP of a browser. **Out:** HTML, PDF. **Knows:** `protocol`, `pki`, `dataset`, `outbox`, `inbox`,
/// `replica`, `status`, `link`, `dms`. **Start at** [Pages]. **Tests:** `PageTest`, `PageGuardTest`, `PageSignInTest`,
/// `PageWordsTest`, `ReceiptPdfTest`.
@NullMarked
package aiguillage.gateway.page;

import org.jspecify.annotations.NullMarked;
