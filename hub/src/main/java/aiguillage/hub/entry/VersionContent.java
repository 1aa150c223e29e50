package aiguillage.hub.entry;

import aiguillage.protocol.Digest;

/// What a version of a dataset holds, as the hub computed it before it became an entry.
///
/// @param layer the digest of the file with its changes against the version before
/// @param bytes the length of that file
/// @param root the digest of the set hash of all rows
/// @param columns the digest of the columns that its rows are made of
/// @param rows how many keys it has
/// @param lines how many rows were published
/// @param added keys that were not there before
/// @param changed keys whose rows are others now
/// @param removed keys that are gone
public record VersionContent(
        Digest layer,
        long bytes,
        Digest root,
        Digest columns,
        long rows,
        long lines,
        long added,
        long changed,
        long removed) {

    void encode(ByteWriter out) {
        out.fixed(layer.bytes()).number(bytes).fixed(root.bytes()).fixed(columns.bytes());
        out.number(rows).number(lines).number(added).number(changed).number(removed);
    }

    static VersionContent decode(ByteReader in) {
        return new VersionContent(
                new Digest(in.fixed(Digest.BYTES)),
                in.number(),
                new Digest(in.fixed(Digest.BYTES)),
                new Digest(in.fixed(Digest.BYTES)),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number());
    }
}
