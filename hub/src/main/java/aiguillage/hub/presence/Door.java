package aiguillage.hub.presence;

/// By which way a party came.
public enum Door {
    REST,
    STAR,
    AS4,
    SFTP,
    FTPS;

    /// The door of a path on the listener that parties share.
    public static Door of(String path) {
        if (path.startsWith("/v1/")) {
            return REST;
        }
        return path.startsWith("/star") ? STAR : path.startsWith("/as4") ? AS4 : REST;
    }
}
