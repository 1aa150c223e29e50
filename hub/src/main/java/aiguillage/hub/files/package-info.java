/// The hub as a tree of files, for the systems that only know files. No protocol of files is in it: doors of
/// such protocols show it, `sftp` and `ftps`. Each party has a tree of its own, made from the table and its
/// mailbox at every look; there is no file system below it that a name could lead into.
///
/// - `/in/<brand>/<kind>/`: to put files into; a part that broke off stands here until it is resumed
/// - `/out/<brand>/<kind>/`: one file for each pending delivery, `<position>-<subject or id>.<extension>`
/// - `/done/<brand>/<kind>/`: `<name>.receipt` for each file that was accepted
/// - `/refused/<brand>/<kind>/`: `<name>.refused` for each that was not: why, where, what to do
///
/// A file has arrived when its writing ends properly, or, where its name is a temporary one, when it is renamed
/// after that. Then it goes the one way in ([aiguillage.hub.intake.Intake]) under an id made of flow, name and
/// content: the same file put twice is one document (I2). Reading a delivery ends nothing; removing its file
/// acknowledges it, and so does moving it into `/done`; moving it into `/refused` rejects it (I3).
///
/// **What is kept, and for how long.** The journal has what was accepted (I1). Beside it, in the data folder,
/// for convenience alone: parts, `incoming/<party>/<brand>/<kind>/<name in base64url>`, for a day; refusals and
/// reports of flat files, `results/<party>/<done or refused>/<brand>/<kind>/<name in base64url>`, and which names
/// have receipts, a line each, `receipts/<party>/<brand>/<kind>`, for 14 days, the newest 1,000 of a folder or so.
/// A receipt itself is made again whenever it is read. A part of up to 16 kB is in memory until its writer leaves,
/// so that a file that comes whole is never on the disk here. Where they are lost nothing else is: a file that is
/// put once more gets the same receipt.
///
/// **In:** paths and bytes, from a door, and the party that it has identified (I8). **Out:** files, or
/// [FileRefused]. **Knows:** `format`, `intake`, `delivery`, `mailbox`, `memory`, `document`, `payload`, `flows`,
/// `routing`, `directory`, `quota`, `health`, `problem`, `entry`, `yard`, `protocol`. **Start at** [PartyTree].
/// **Tests:** `SftpTest`, `FtpsTest`, `SftpBoundsTest`, `StagingTest`, `TreePathTest`.
@NullMarked
package aiguillage.hub.files;

import org.jspecify.annotations.NullMarked;
