package aiguillage.protocol;

/// Which release of this software runs here.
public final class Release {

    /// As it is written on the release.
    public static final String VERSION = "0.1.0";

    /// What a gateway calls itself to a hub (`User-Agent`, RFC 9110, 10.1.5): the hub's operator sees who is behind.
    public static final String GATEWAY = "aiguillage-gateway/" + VERSION;

    private Release() {}
}
