package aiguillage.hub.as4;

/// A part that a signature covers, as its `ds:Reference` says.
///
/// @param uri `#` and the id of an element, or `cid:` and that of an attachment
/// @param prefixes of an element: which it includes in its canonical form beyond those it uses; mostly empty
public record SignedPart(String uri, String prefixes, byte[] sha256) {

    boolean isAttachment() {
        return Cid.isOne(uri);
    }
}
