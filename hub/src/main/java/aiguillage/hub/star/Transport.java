package aiguillage.hub.star;

import java.util.Optional;

/// The two versions of STAR's transport. They differ in their namespace and in what schemas say of ids.
public enum Transport {
    STAR_2005("http://www.starstandards.org/webservices/2005/10/transport"),
    STAR_2009("http://www.starstandards.org/webservices/2009/transport");

    private final String namespace;

    Transport(String namespace) {
        this.namespace = namespace;
    }

    public String namespace() {
        return namespace;
    }

    static Optional<Transport> of(String namespace) {
        for (Transport one : values()) {
            if (one.namespace.equals(namespace)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
