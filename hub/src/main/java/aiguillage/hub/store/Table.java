package aiguillage.hub.store;

/// The tables of the store, each with its keys and values. `‖` joins; a text in a key ends with a zero byte;
/// numbers are 8 bytes, big-endian, so that keys sort as people count. The order of the constants is part of
/// the format on disk: append only.
public enum Table {
    /// Position → salts (32 bytes) ‖ encoded entry.
    ENTRIES(1),
    /// Position → the payload of a document that is small enough to stand beside its entry.
    PAYLOADS(2),
    /// Id ‖ sender → the document's row: position and digests (I2).
    DOCUMENTS(3),
    /// Document's position ‖ event's position → nothing; the event is the entry there.
    HISTORY(4),
    /// Reader ‖ flow ‖ delivery's position → the delivery's row. What waits (I3).
    PENDING(5),
    /// Reader ‖ flow ‖ delivery's position → the delivery's row and the position of the entry that rejected it.
    QUARANTINE(6),
    /// Reader ‖ flow → how many are pending and in quarantine.
    MAILBOXES(7),
    /// Time (epoch milliseconds) ‖ kind ‖ what → nothing. What the clock will demand.
    DUE(8),
    /// Value of a search key ‖ document's position → the key's name.
    SEARCH(9),
    /// Name of a payload file → its document's position. A file without a row is an orphan.
    FILES(10),
    /// First position of a commit → the leaf hashes of the commit, 32 bytes each.
    LEAVES(11),
    /// Level (one byte) ‖ index → the hash of a complete subtree, at every eighth level.
    NODES(12),
    /// SHA-256 of an enrolment code → party, expiry, used or void; when used, for which key and certificate.
    CODES(13),
    /// Certificate serial (hex text) → party, not after, revoked, hash of the key.
    CERTIFICATES(14),
    /// Name (text) → the one current value: the routing table; of each dataset, `dataset:` ‖ its name, the
    /// newest version.
    CURRENT(15),
    /// Dataset ‖ number of a version → the version's row.
    VERSIONS(16),
    /// Dataset ‖ position of the entry with which a publication was held → nothing. What waits for a second
    /// person.
    HELD(17),
    /// Position of what an operator did → nothing.
    ACTS(18),
    /// Name of a setting → its value, UTF-8.
    SETTINGS(19),
    /// Name of an operator → rank, brands, the link that is open, hashes of the keys.
    OPERATORS(20),
    /// SHA-256 of what a security key calls itself → whose it is, and its public key.
    OPERATOR_KEYS(21),
    /// Name of a party (text) → since when it is suspended, why, by whom.
    SUSPENDED(22),
    /// Position of the entry that ended a delivery → position of the entry that offered the document to the
    /// same reader once more.
    REPEATED(23),
    /// Position at which a routing table was applied → that of the one before it; 0 where it is the first.
    /// Tables that were applied before the first row have none.
    TABLES(25),
    /// Position of a document that was refused → its sender (text). Rows of former versions have no sender.
    REFUSED(26),
    /// Subject of a document (a number shown to people, or the name of the file it came as) ‖ document's
    /// position → nothing. Documents accepted before there was this table have no row.
    SUBJECTS(27);

    private final int number;

    Table(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
