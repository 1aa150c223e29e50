package aiguillage.xml;

/// How much of everything a payload in XML may hold. STAR documents stay far below each.
public final class XmlLimits {

    /// Elements within elements. STAR's deepest published example has 14.
    public static final int DEPTH_MAX = 100;

    /// Attributes of one element.
    public static final int ATTRIBUTES_MAX = 100;

    /// Characters of one name.
    public static final int NAME_CHARS_MAX = 256;

    /// Characters of text directly inside one element, while a schema checks it: the validator holds them until the
    /// element ends. Without schema, text is not held and not limited.
    public static final int TEXT_CHARS_MAX = 4 * 1024 * 1024;

    /// Bytes of one tag, comment, processing instruction or CDATA section: the reader holds them until they end.
    public static final int MARKUP_BYTES_MAX = 4 * 1024 * 1024;

    private XmlLimits() {}
}
