package aiguillage.console.parties;

import java.util.List;

/// What a party's page says that was just done, as its address names it.
final class Done {

    static final List<String> WORDS = List.of("suspended", "resumed", "revoked", "voided", "nothing");

    private Done() {}
}
